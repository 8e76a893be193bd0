using TopicGrpc.Engine.Clusters;

namespace TopicGrpc.Parity.Clusters;

/// <summary>Points with different clusters in a model and in reference labels, and whether ties between edges explain them.</summary>
internal sealed class ClusterDifferences
{
    private readonly Dictionary<int, int> _match;
    private readonly int[] _labels;
    private readonly int[] _expected;

    public ClusterDifferences(HdbscanModel model, int[] labels, int[] expected)
    {
        _labels = labels;
        _expected = expected;
        _match = Partitions.Match(labels, expected);
        for (int point = 0; point < labels.Length; point++)
        {
            if (!Agrees(point))
            {
                Count++;
                Unexplained += IsTied(model, point) ? 0 : 1;
            }
        }
    }

    /// <summary>Number of points with different clusters.</summary>
    public int Count { get; }

    /// <summary>Number of these points that leave their cluster at a unique distance.</summary>
    public int Unexplained { get; }

    public bool Agrees(int point) => _match.GetValueOrDefault(_labels[point], int.MinValue) == _expected[point];

    public int ExpectedLabel(int label) => _match.GetValueOrDefault(label, int.MinValue);

    /// <summary>
    /// Returns whether the point leaves its cluster at a distance that another merge shares. The groups at every distance
    /// are the same for all minimum spanning trees; the order of equal edges only decides the side of a point that joins
    /// both sides at that distance.
    /// </summary>
    public static bool IsTied(HdbscanModel model, int point)
    {
        double[] distances = model.State.MergeDistances;
        double joined = 1.0 / model.Selection.Tree.PointLambda[point];
        int at = Array.BinarySearch(distances, joined * (1.0 - DendrogramTies.Width));
        at = at < 0 ? ~at : at;
        return at + 1 < distances.Length && distances[at + 1] <= joined * (1.0 + DendrogramTies.Width);
    }
}
