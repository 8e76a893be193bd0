using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Clusters;

/// <summary>
/// Extension of a cluster tree to points that repeat: the tree is built on the distinct points, so copies do not make a place denser, and
/// the copies then join their point. A point and its copies leave a cluster at the same distance, so they always get one label, and they
/// count as many times as they occur where sizes are compared.
/// </summary>
internal static class RepeatedPoints
{
    /// <summary>Returns the state of all points.</summary>
    /// <param name="distinct">State of the distinct points, m.</param>
    /// <param name="distinctOf">Distinct point of each point, n.</param>
    public static HdbscanState Extend(HdbscanState distinct, int[] distinctOf)
    {
        Matrix points = new(distinctOf.Length, distinct.Points.Columns);
        double[] core = new double[distinctOf.Length];
        for (int row = 0; row < distinctOf.Length; row++)
        {
            distinct.Points.Row(distinctOf[row]).CopyTo(points.Row(row));
            core[row] = distinct.CoreDistances[distinctOf[row]];
        }

        (int[] left, int[] right, double[] distances) = Extend(
            distinct.MergeLeft, distinct.MergeRight, distinct.MergeDistances, distinctOf);
        return new HdbscanState(distinct.Options, points, core, left, right, distances);
    }

    /// <summary>Returns the merges of all points: the copies of a point merge with it at the distance of the point's first merge.</summary>
    public static (int[] Left, int[] Right, double[] Distances) Extend(int[] left, int[] right, double[] distances, int[] distinctOf)
    {
        int points = distinctOf.Length;
        int count = left.Length + 1;
        int[][] copies = Copies(distinctOf, count);
        int[] nodeOf = new int[count + left.Length];
        Array.Fill(nodeOf, -1);
        MergeList merges = new(points);
        for (int merge = 0; merge < left.Length; merge++)
        {
            int first = NodeOf(left[merge], distances[merge]);
            int second = NodeOf(right[merge], distances[merge]);
            nodeOf[count + merge] = merges.Add(first, second, distances[merge]);
        }

        return merges.ToArrays();

        int NodeOf(int node, double distance)
        {
            if (nodeOf[node] < 0)
            {
                int joined = copies[node][0];
                for (int i = 1; i < copies[node].Length; i++)
                {
                    joined = merges.Add(joined, copies[node][i], distance);
                }

                nodeOf[node] = joined;
            }

            return nodeOf[node];
        }
    }

    private static int[][] Copies(int[] distinctOf, int count)
    {
        int[] sizes = new int[count];
        foreach (int distinct in distinctOf)
        {
            sizes[distinct]++;
        }

        int[][] copies = Array.ConvertAll(sizes, static size => new int[size]);
        Array.Clear(sizes);
        for (int row = 0; row < distinctOf.Length; row++)
        {
            copies[distinctOf[row]][sizes[distinctOf[row]]++] = row;
        }

        return copies;
    }

    private sealed class MergeList(int points)
    {
        private readonly int[] _left = new int[points - 1];
        private readonly int[] _right = new int[points - 1];
        private readonly double[] _distances = new double[points - 1];
        private int _count;

        public int Add(int left, int right, double distance)
        {
            (_left[_count], _right[_count], _distances[_count]) = (left, right, distance);
            return points + _count++;
        }

        public (int[] Left, int[] Right, double[] Distances) ToArrays() => (_left, _right, _distances);
    }
}
