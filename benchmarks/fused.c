/* The district form over columns, by hand: a single pass over the units, in blocks, indicator by indicator so that
   few columns are in use at once, for counts up to a million.

   `in` has the counts and the judged hundredths in the order of the form's inputs, flags as bytes. `out` gets the items
   that are not inputs themselves, in the order of the form: in tenths, hundredths or thousandths of a point, as each
   needs. Without `out` only the total in hundredths is computed. */
#include <stddef.h>
#include <stdint.h>

#define COUNTS(name, at) const int32_t *restrict name = in[at]
#define FLAGS(name, at) const uint8_t *restrict name = in[at]
#define EACH _Pragma("GCC ivdep") for (size_t i = from; i < to; i++)
#define KEEP(at, value) (items ? out[at][i] = (value) : 0)
#define BLOCK 2048

static inline int32_t most(int32_t value, int32_t full) { return value < full ? value : full; }

static inline int32_t left(int32_t full, int32_t lost) { return full - most(lost, full); }

static inline void scored(const void *const *in, int32_t *const *out, int32_t *restrict total, size_t begin, size_t end, int items) {
  COUNTS(unlabelled, 0);
  FLAGS(late, 1);
  FLAGS(inaccurate, 2);
  COUNTS(unfinished, 3);
  COUNTS(not_uploaded, 4);
  COUNTS(nonstandard, 5);
  COUNTS(unpublished, 6);
  COUNTS(not_withdrawn, 7);
  COUNTS(stale, 8);
  COUNTS(wording, 9);
  COUNTS(late_rectification, 10);
  COUNTS(flaws, 11);
  COUNTS(operation, 12);
  FLAGS(inadequate, 13);
  COUNTS(unsynchronised, 14);
  COUNTS(hollow, 15);
  COUNTS(targeting, 16);
  COUNTS(outdated, 17);
  COUNTS(unlawful, 18);
  COUNTS(reversed, 19);
  COUNTS(supervision, 20);
  COUNTS(fault, 21);
  COUNTS(late_response, 22);
  FLAGS(poorly, 23);
  COUNTS(leadership, 24);
  COUNTS(training, 25);
  COUNTS(appraisal, 26);
  COUNTS(guidance, 27);
  COUNTS(tasks, 28);
  COUNTS(measures, 29);
  COUNTS(city, 30);
  COUNTS(province, 31);
  COUNTS(state, 32);
  int32_t tenths[BLOCK], hundredths[BLOCK];
  for (size_t from = begin; from < end; from += BLOCK) {
    size_t to = from + BLOCK < end ? from + BLOCK : end;
    EACH {
      int32_t attribution = left(50, unlabelled[i]), report = 50 - 20 * late[i] - 10 * inaccurate[i];
      tenths[i - from] = attribution + report;
      KEEP(0, attribution + report), KEEP(1, attribution), KEEP(2, report);
    }
    EACH {
      int32_t review = left(20, unfinished[i]), upload = left(20, not_uploaded[i] + nonstandard[i]);
      int32_t column = left(10, unpublished[i] + not_withdrawn[i]);
      tenths[i - from] += review + upload + column;
      KEEP(3, review + upload + column), KEEP(4, review), KEEP(5, upload), KEEP(6, column);
    }
    EACH {
      int32_t website = left(100, stale[i] + late_rectification[i] + 5 * (wording[i] + flaws[i])), area = 50 - 10 * inadequate[i];
      int32_t platforms = 100 * (website + area) + operation[i];
      hundredths[i - from] = (platforms + 5) / 10;
      KEEP(7, platforms), KEEP(8, website), KEEP(9, area);
    }
    EACH {
      int32_t synchrony = left(30, unsynchronised[i]), forms = left(30, hollow[i]), standardisation = left(50, outdated[i]);
      int32_t interpretation = 10 * (synchrony + forms) + targeting[i];
      tenths[i - from] += standardisation;
      hundredths[i - from] += interpretation;
      KEEP(10, interpretation), KEEP(11, synchrony), KEEP(12, forms), KEEP(13, standardisation);
    }
    EACH {
      int32_t procedure = left(40, unlawful[i]), reversals = left(40, 2 * reversed[i]);
      int32_t complaints = left(20, supervision[i] + 2 * fault[i]);
      tenths[i - from] += procedure + reversals + complaints;
      KEEP(14, procedure + reversals + complaints), KEEP(15, procedure), KEEP(16, reversals), KEEP(17, complaints);
    }
    EACH {
      int32_t boards = left(50, late_response[i]), open_month = 50 - 5 * poorly[i];
      tenths[i - from] += boards + open_month;
      KEEP(18, boards + open_month), KEEP(19, boards), KEEP(20, open_month);
    }
    EACH {
      int32_t organisation = leadership[i] + training[i] + appraisal[i] + guidance[i] + tasks[i];
      hundredths[i - from] += organisation;
      KEEP(21, organisation);
    }
    EACH {
      int32_t adoption = most(city[i] + 3 * province[i] + 5 * state[i], 5), innovation = measures[i] + 100 * adoption;
      total[i] = 10 * tenths[i - from] + hundredths[i - from] + innovation;
      KEEP(22, innovation), KEEP(23, adoption);
    }
  }
}

void score(const void *const *in, int32_t *const *out, int32_t *total, size_t begin, size_t end) {
  if (out)
    scored(in, out, total, begin, end, 1);
  else
    scored(in, out, total, begin, end, 0);
}
