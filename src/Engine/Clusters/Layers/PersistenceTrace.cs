namespace TopicGrpc.Engine.Clusters.Layers;

/// <summary>
/// Total persistence of the clusters by minimum cluster size, and its peaks. Source: <c>compute_total_persistence</c> and
/// <c>select_diverse_peaks</c> of fast_hdbscan.
/// </summary>
internal sealed class PersistenceTrace
{
    private const int CancellationInterval = 1024;

    private readonly SizeBarcode _barcode;

    private PersistenceTrace(SizeBarcode barcode, int[] sizes, double[] totals)
    {
        _barcode = barcode;
        Sizes = sizes;
        Totals = totals;
    }

    /// <summary>Distinct sizes at which a cluster becomes a leaf, ascending.</summary>
    public int[] Sizes { get; }

    /// <summary>Total persistence at each size.</summary>
    public double[] Totals { get; }

    public static PersistenceTrace Compute(
        CondensedTree tree, SizeBarcode barcode, DistanceScale scale, CancellationToken cancellationToken)
    {
        int[] sizes = barcode.Sizes();
        double[] totals = new double[sizes.Length];
        for (int cluster = 1; cluster < tree.ClusterCount; cluster++)
        {
            if (cluster % CancellationInterval == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            int birth = barcode.Births[cluster];
            int death = barcode.Deaths[cluster];
            if (death <= birth)
            {
                continue;
            }

            // As in fast_hdbscan: death − birth · e^(−1/λ), where the factor applies to the birth only.
            double persistence = death - (birth * Math.Exp(-1.0 / scale.Density(1.0 / tree.Births[cluster])));
            int end = FirstAtLeast(sizes, death);
            for (int i = FirstAtLeast(sizes, birth); i < end; i++)
            {
                totals[i] += persistence;
            }
        }

        return new PersistenceTrace(barcode, sizes, totals);
    }

    /// <summary>
    /// Returns the indices of the local maxima, of a plateau its middle, as <c>scipy.signal.find_peaks</c>. The ends are no maxima.
    /// </summary>
    public List<int> Peaks()
    {
        List<int> peaks = [];
        int last = Totals.Length - 1;
        for (int i = 1; i < last; i++)
        {
            if (Totals[i - 1] >= Totals[i])
            {
                continue;
            }

            int ahead = i + 1;
            while (ahead < last && Totals[ahead] == Totals[i])
            {
                ahead++;
            }

            if (Totals[ahead] < Totals[i])
            {
                peaks.Add((i + ahead - 1) / 2);
                i = ahead;
            }
        }

        return peaks;
    }

    /// <summary>Returns the most persistent peaks whose clusters differ enough from each other, most persistent first.</summary>
    /// <param name="maxSimilarity">Largest Jaccard similarity between two peaks.</param>
    /// <param name="count">Maximum number of peaks.</param>
    public List<int> DiversePeaks(double maxSimilarity, int count)
    {
        List<int> chosen = [];
        foreach (int peak in Peaks().OrderByDescending(peak => Totals[peak]).ThenBy(static peak => peak))
        {
            if (chosen.Count == count)
            {
                break;
            }

            if (chosen.TrueForAll(other => _barcode.Similarity(Sizes[peak], Sizes[other]) <= maxSimilarity))
            {
                chosen.Add(peak);
            }
        }

        return chosen;
    }

    private static int FirstAtLeast(int[] sizes, int size)
    {
        int at = Array.BinarySearch(sizes, size);
        return at < 0 ? ~at : at;
    }
}
