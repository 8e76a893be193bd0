using TopicGrpc.Engine.Clusters;

namespace TopicGrpc.Parity.Clusters;

/// <summary>Points with different clusters in a model and in reference labels, and whether ties between edges explain them.</summary>
internal sealed class ClusterDifferences
{
    private readonly Dictionary<int, int> _match;
    private readonly int[] _labels;
    private readonly int[] _expected;

    /// <param name="model">The model.</param>
    /// <param name="labels">Its labels.</param>
    /// <param name="expected">Reference labels.</param>
    /// <param name="orders">Labels with equal edges in other orders.</param>
    public ClusterDifferences(HdbscanModel model, int[] labels, int[] expected, IReadOnlyList<int[]> orders)
    {
        Dictionary<int, int>[] matches = [.. orders.Select(order => Partitions.Match(order, expected))];
        _labels = labels;
        _expected = expected;
        _match = Partitions.Match(labels, expected);
        for (int point = 0; point < labels.Length; point++)
        {
            if (!Agrees(point))
            {
                int at = point;
                bool isExplained = IsTied(model, point)
                    || Enumerable.Range(0, matches.Length).Any(
                        i => matches[i].GetValueOrDefault(orders[i][at], int.MinValue) == expected[at]);
                Unexplained += isExplained ? 0 : 1;
            }
        }
    }

    /// <summary>
    /// Number of these points that leave their cluster at a unique distance and have the reference's cluster in none of the orders.
    /// </summary>
    public int Unexplained { get; }

    private bool Agrees(int point) => _match.GetValueOrDefault(_labels[point], int.MinValue) == _expected[point];

    /// <summary>
    /// Returns whether the point leaves its cluster at a distance that another merge shares. The groups at every distance
    /// are the same for all minimum spanning trees; the order of equal edges only decides the side of a point that joins
    /// both sides at that distance.
    /// </summary>
    private static bool IsTied(HdbscanModel model, int point)
    {
        double[] distances = model.State.MergeDistances;
        double joined = 1.0 / model.Selection.Tree.PointLambda[point];
        int at = Array.BinarySearch(distances, joined * (1.0 - DendrogramTies.Width));
        at = at < 0 ? ~at : at;
        return at + 1 < distances.Length && distances[at + 1] <= joined * (1.0 + DendrogramTies.Width);
    }
}
