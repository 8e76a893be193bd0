using TopicGrpc.Engine.Neighbors;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics.Reports;

namespace TopicGrpc.Engine.Topics.Fitting;

/// <summary>Groups of documents that are almost the same text: each has a neighbor in its group at a cosine of .98 or more.</summary>
internal static class NearDuplicates
{
    private const float LargestDistance = 0.02f;

    /// <summary>Most groups in a report, the largest first.</summary>
    private const int MostGroups = 50;

    private const int SmallestGroup = 3;

    /// <summary>Finds the groups.</summary>
    /// <param name="neighbors">Neighbors by cosine distance.</param>
    /// <param name="rowOf">Row of each document among the neighbors.</param>
    /// <param name="textOf">Distinct text of each document.</param>
    /// <param name="ids">Id of each document.</param>
    public static DuplicateGroup[] Find(NeighborTable neighbors, int[] rowOf, int[] textOf, string[] ids)
    {
        DisjointSet sets = new(neighbors.RowCount);
        for (int row = 0; row < neighbors.RowCount; row++)
        {
            int end = (row + 1) * neighbors.NeighborCount;
            for (int i = row * neighbors.NeighborCount; i < end && neighbors.Distances[i] <= LargestDistance; i++)
            {
                if (neighbors.Indices[i] >= 0)
                {
                    sets.Union(row, neighbors.Indices[i]);
                }
            }
        }

        int[] sizes = new int[neighbors.RowCount];
        int[] distinct = new int[neighbors.RowCount];
        int[] first = new int[neighbors.RowCount];
        bool[] seen = new bool[textOf.Length];
        for (int row = textOf.Length - 1; row >= 0; row--)
        {
            int root = sets.Find(rowOf[row]);
            sizes[root]++;
            first[root] = row;
            distinct[root] += seen[textOf[row]] ? 0 : 1;
            seen[textOf[row]] = true;
        }

        return
        [
            .. Enumerable.Range(0, sizes.Length)
                .Where(root => sizes[root] >= SmallestGroup)
                .OrderByDescending(root => sizes[root])
                .ThenBy(root => first[root])
                .Take(MostGroups)
                .Select(root => new DuplicateGroup(ids[first[root]], sizes[root], distinct[root])),
        ];
    }
}
