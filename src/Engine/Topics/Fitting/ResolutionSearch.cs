using TopicGrpc.Engine.Clusters;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics.Settings;

namespace TopicGrpc.Engine.Topics.Fitting;

/// <summary>
/// Choice of the size of the smallest cluster, and with it of the number of topics: the size at which layouts with different seeds give the
/// same topics. Topics that depend on chance differ between layouts, so too fine and too coarse a grouping lose agreement (ADR 0079).
/// </summary>
/// <param name="layouts">Selection from the cluster tree of each layout; the layout of the fit is the first.</param>
/// <param name="documents">Number of documents.</param>
internal sealed class ResolutionSearch(IReadOnlyList<Func<HdbscanOptions, int[]>> layouts, int documents)
{
    /// <summary>Fewest topics of an eligible size, for a corpus of <see cref="SmallCorpus"/> documents or more; fewer below.</summary>
    private const int UsualLeastTopics = 5;
    private const int SmallCorpus = 300;
    private const int LeastTopicsOfAny = 2;

    /// <summary>Below this agreement, the layouts have no common grouping.</summary>
    private const double LowAgreement = 0.3;

    /// <summary>
    /// Fewer than five topics, or topics of an unusual least size, are often mergers that every layout repeats. They are chosen only if
    /// they reduce the disagreement to less than this share: the corpus then has so few groups.
    /// </summary>
    private const double FewDisagreement = 0.12;

    /// <summary>Rounding of an agreement of 1.</summary>
    private const double Rounding = 1e-9;

    /// <summary>Sizes whose scores differ by less are equally good: scores vary as much between seeds.</summary>
    private const double FlatMargin = 0.01;

    /// <summary>
    /// Below this agreement, a curve varies more between seeds. A size must then reduce the disagreement at the size by documents to less
    /// than <see cref="ClearDisagreement"/> of it; otherwise the curve is flat.
    /// </summary>
    private const double UncertainAgreement = 0.85;
    private const double ClearDisagreement = 0.9;

    /// <summary>
    /// Bonus per factor e of topics: of two sizes at which layouts agree about as much, the finer one says more. Agreement of few large
    /// topics varies most between seeds.
    /// </summary>
    private const double FinerBonus = 0.015;

    /// <summary>Weight of a size in its smoothed agreement; each neighboring size has weight 1.</summary>
    private const double OwnWeight = 2;

    /// <summary>Factor between the topics of a peak and those of a coarser or finer one.</summary>
    private const double PeakFactor = 1.5;

    private readonly int _leastTopics = Math.Clamp(
        documents * UsualLeastTopics / SmallCorpus, LeastTopicsOfAny, UsualLeastTopics);

    /// <summary>Tries sizes and chooses one.</summary>
    /// <param name="options">Settings by the number of documents.</param>
    /// <param name="open">Settings that may change.</param>
    /// <param name="granularity">Preferred peak.</param>
    /// <param name="compute">Threads; they do not change the result.</param>
    /// <param name="cancellationToken">Cancels between two sizes.</param>
    public ResolutionChoice Choose(
        HdbscanOptions options,
        AutomaticChoices open,
        Granularity granularity,
        ComputeOptions compute,
        CancellationToken cancellationToken)
    {
        bool splits = open.HasFlag(AutomaticChoices.MaxClusterSize);
        bool resizes = open.HasFlag(AutomaticChoices.MinClusterSize);
        int[] sizes = resizes ? ResolutionGrid.For(documents, options.MinClusterSize) : [options.MinClusterSize];
        var trials = new ResolutionTrial[sizes.Length];
        RowBlocks.Run(
            sizes.Length,
            1,
            compute.Threads,
            (_, row, _) =>
            {
                trials[row] = ResolutionTrial.Run(layouts, options with { MinClusterSize = sizes[row] }, splits);
                StageGarbage.Collect(documents);
            },
            cancellationToken);
        int start = NearestTo(options.MinClusterSize, sizes);
        (int chosen, ResolutionReason reason) = resizes ? Pick(trials, start, granularity) : (0, ResolutionReason.Given);
        return new ResolutionChoice(trials, chosen, reason, _leastTopics);
    }

    private static int NearestTo(int size, int[] sizes)
    {
        int found = Array.BinarySearch(sizes, size);
        return found >= 0 ? found : Math.Min(~found, sizes.Length - 1);
    }

    private (int Index, ResolutionReason Reason) Pick(ResolutionTrial[] trials, int start, Granularity granularity)
    {
        int usualMost = ResolutionGrid.UsualMost(trials[start].Clusters.Options.MinClusterSize);
        bool IsUsual(ResolutionTrial trial) =>
            trial.FewestTopics >= _leastTopics && trial.Clusters.Options.MinClusterSize <= usualMost;
        double[] scores = Scores(trials, trial => trial.IsBalanced && IsUsual(trial));
        int best = Best(scores, static _ => true);
        double[] few = Scores(trials, trial => trial.IsBalanced && !IsUsual(trial));
        int fewBest = Best(few, static _ => true);
        if (fewBest >= 0 && (best < 0 || 1 - trials[fewBest].Agreement < (FewDisagreement * (1 - trials[best].Agreement)) - Rounding))
        {
            (best, scores) = (fewBest, few);
        }

        if (best < 0)
        {
            return MostTopics(trials, start);
        }

        if (trials[best].Agreement < LowAgreement)
        {
            return (start, ResolutionReason.Low);
        }

        int auto = scores[start] >= scores[best] - FlatMargin || IsUncertain(trials[best], trials[start], scores[start]) ? start : best;
        ResolutionReason reason = auto == start && auto != best ? ResolutionReason.Flat : ResolutionReason.Agreement;
        int other = granularity switch
        {
            Granularity.Coarse => Best(scores, i => trials[i].Clusters.Topics * PeakFactor <= trials[auto].Clusters.Topics),
            Granularity.Fine => Best(scores, i => trials[i].Clusters.Topics >= trials[auto].Clusters.Topics * PeakFactor),
            _ => auto,
        };
        return other < 0 ? (auto, ResolutionReason.NoOtherPeak)
            : (other, granularity switch
            {
                Granularity.Coarse => ResolutionReason.Coarser,
                Granularity.Fine => ResolutionReason.Finer,
                _ => reason,
            });
    }

    private static bool IsUncertain(ResolutionTrial best, ResolutionTrial start, double startScore) =>
        double.IsFinite(startScore)
        && best.Agreement < UncertainAgreement
        && 1 - best.Agreement > ClearDisagreement * (1 - start.Agreement);

    /// <summary>Without a balanced size: the size by documents if it gives topics, otherwise the one with the most topics.</summary>
    private static (int Index, ResolutionReason Reason) MostTopics(ResolutionTrial[] trials, int start)
    {
        int most = start;
        for (int i = trials.Length - 1; i >= 0 && trials[start].Clusters.Topics == 0; i--)
        {
            most = trials[i].Clusters.Topics > trials[most].Clusters.Topics ? i : most;
        }

        return (most, most == start ? ResolutionReason.None : ResolutionReason.MostTopics);
    }

    /// <summary>Returns the smoothed agreement plus the bonus for finer topics of each eligible size, −∞ for the others.</summary>
    private static double[] Scores(ResolutionTrial[] trials, Func<ResolutionTrial, bool> eligible)
    {
        double[] scores = new double[trials.Length];
        for (int i = 0; i < scores.Length; i++)
        {
            double sum = OwnWeight * trials[i].Agreement;
            double weight = OwnWeight;
            for (int near = Math.Max(0, i - 1); near <= Math.Min(scores.Length - 1, i + 1); near++)
            {
                if (near != i && eligible(trials[near]))
                {
                    sum += trials[near].Agreement;
                    weight++;
                }
            }

            scores[i] = eligible(trials[i])
                ? (sum / weight) + (FinerBonus * Math.Log(trials[i].Clusters.Topics))
                : double.NegativeInfinity;
        }

        return scores;
    }

    /// <summary>Returns the first size of the highest score among those that fulfill a condition; −1 without one.</summary>
    private static int Best(double[] scores, Func<int, bool> condition)
    {
        int best = -1;
        for (int i = 0; i < scores.Length; i++)
        {
            if (!double.IsNegativeInfinity(scores[i]) && condition(i) && (best < 0 || scores[i] > scores[best]))
            {
                best = i;
            }
        }

        return best;
    }
}
