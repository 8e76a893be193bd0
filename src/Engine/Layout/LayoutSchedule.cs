using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Layout;

/// <summary>
/// Schedule of the edges for parallel updates. Vertices are partitioned into an even number of blocks; an edge belongs to
/// the pair of blocks of its ends. A round is a set of disjoint pairs (a round-robin tournament), so the tasks of a round
/// move disjoint vertices. Within a task, edges of one head are spread apart, so that the processor can overlap their
/// updates.
/// </summary>
internal sealed class LayoutSchedule
{
    private const int MostBlocks = 16;
    private const int SmallestBlock = 64;
    private const int Lanes = 8;

    /// <summary>Consecutive heads whose edges <see cref="InOrder"/> keeps together: 32 KB of positions, the size of an L1 cache.</summary>
    private const int StripRows = 512;

    private LayoutSchedule(int[] roundStarts, int[] taskStarts, int[] heads, int[] tails, float[] periods)
    {
        RoundStarts = roundStarts;
        TaskStarts = taskStarts;
        Heads = heads;
        Tails = tails;
        Periods = periods;
    }

    /// <summary>First task of each round, followed by the number of tasks.</summary>
    public int[] RoundStarts { get; }

    /// <summary>Rounds per epoch.</summary>
    public int Rounds => RoundStarts.Length - 1;

    /// <summary>Tasks of the largest round, the limit of useful threads.</summary>
    public int Width => RoundStarts[1];

    /// <summary>First edge of each task, a multiple of eight, so that the edges of a task fill whole vectors.</summary>
    public int[] TaskStarts { get; }

    /// <summary>Head vertex of each edge; negative samples repel the head.</summary>
    public int[] Heads { get; }

    /// <summary>Tail vertex of each edge.</summary>
    public int[] Tails { get; }

    /// <summary>Epochs between two visits of each edge: 1 for the heaviest edge, infinite for padding.</summary>
    public float[] Periods { get; }

    /// <summary>Creates a schedule whose blocks interleave the vertices, for positions that fit the cache.</summary>
    public static LayoutSchedule Of(CsrMatrix<float> graph)
    {
        int blocks = BlocksFor(graph);
        (int[] roundStarts, int[] taskOf) = Tournament(blocks);
        int tasks = roundStarts[^1];

        // Counting sort by (task, rank of the edge among the edges of its head within the task): first the first edge of every
        // head, then the second edge of every head, and so on.
        int edges = graph.Values.Length;
        int[] taskOfEdge = new int[edges];
        int[] rankOfEdge = new int[edges];
        int[] seen = new int[tasks];
        int ranks = 1;
        for (int row = 0; row < graph.Rows; row++)
        {
            foreach (int column in graph.RowColumns(row))
            {
                seen[taskOf[(row % blocks * blocks) + (column % blocks)]] = 0;
            }

            for (int e = graph.RowStarts[row]; e < graph.RowStarts[row + 1]; e++)
            {
                int task = taskOf[(row % blocks * blocks) + (graph.ColumnIndices[e] % blocks)];
                taskOfEdge[e] = task;
                rankOfEdge[e] = seen[task]++;
                ranks = Math.Max(ranks, seen[task]);
            }
        }

        int[] taskStarts = new int[tasks + 1];
        int[] counts = new int[checked(tasks * ranks)];
        for (int e = 0; e < edges; e++)
        {
            counts[(taskOfEdge[e] * ranks) + rankOfEdge[e]]++;
        }

        int next = 0;
        for (int task = 0; task < tasks; task++)
        {
            taskStarts[task] = next;
            for (int rank = task * ranks; rank < (task + 1) * ranks; rank++)
            {
                (counts[rank], next) = (next, next + counts[rank]);
            }

            next = (next + Lanes - 1) / Lanes * Lanes;
        }

        taskStarts[tasks] = next;
        LayoutSchedule schedule = new(roundStarts, taskStarts, new int[next], new int[next], new float[next]);
        schedule.Fill(graph, counts, taskOfEdge, rankOfEdge, ranks);
        return schedule;
    }

    /// <summary>
    /// Creates a schedule whose blocks are ranges of vertices, for a graph in <see cref="LocalityOrder"/>. Within a task, the
    /// edges of each strip of heads are together: first the first edge of every head, then the second, and so on.
    /// </summary>
    public static LayoutSchedule InOrder(CsrMatrix<float> graph)
    {
        int blocks = BlocksFor(graph);
        (int[] roundStarts, int[] taskOf) = Tournament(blocks);
        int blockRows = RowBlocks.Count(graph.Rows, blocks);
        int[] counts = new int[roundStarts[^1]];
        for (int row = 0; row < graph.Rows; row++)
        {
            foreach (int column in graph.RowColumns(row))
            {
                counts[taskOf[(row / blockRows * blocks) + (column / blockRows)]]++;
            }
        }

        int[] taskStarts = new int[counts.Length + 1];
        for (int task = 0; task < counts.Length; task++)
        {
            taskStarts[task + 1] = checked(taskStarts[task] + ((counts[task] + Lanes - 1) / Lanes * Lanes));
        }

        int length = taskStarts[^1];
        LayoutSchedule schedule = new(roundStarts, taskStarts, new int[length], new int[length], new float[length]);
        schedule.Periods.AsSpan().Fill(float.PositiveInfinity);
        float heaviest = Heaviest(graph);
        int[] next = taskStarts[..^1];
        int[] heads = new int[StripRows];
        for (int strip = 0; strip < graph.Rows; strip += StripRows)
        {
            int left = Math.Min(StripRows, graph.Rows - strip);
            for (int i = 0; i < left; i++)
            {
                heads[i] = strip + i;
            }

            for (int rank = 0; left > 0; rank++)
            {
                int kept = 0;
                foreach (int row in heads.AsSpan(0, left))
                {
                    int edge = graph.RowStarts[row] + rank;
                    if (edge < graph.RowStarts[row + 1])
                    {
                        int column = graph.ColumnIndices[edge];
                        int place = next[taskOf[(row / blockRows * blocks) + (column / blockRows)]]++;
                        schedule.Heads[place] = row;
                        schedule.Tails[place] = column;
                        schedule.Periods[place] = heaviest / graph.Values[edge];
                        heads[kept++] = row;
                    }
                }

                left = kept;
            }
        }

        return schedule;
    }

    private static int BlocksFor(CsrMatrix<float> graph) => Math.Clamp(graph.Rows / SmallestBlock, 2, MostBlocks) / 2 * 2;

    private static float Heaviest(CsrMatrix<float> graph) =>
        graph.Values.Length == 0 ? 1f : System.Numerics.Tensors.TensorPrimitives.Max<float>(graph.Values);

    private void Fill(CsrMatrix<float> graph, int[] places, int[] taskOfEdge, int[] rankOfEdge, int ranks)
    {
        Periods.AsSpan().Fill(float.PositiveInfinity);
        float heaviest = Heaviest(graph);
        for (int row = 0; row < graph.Rows; row++)
        {
            for (int e = graph.RowStarts[row]; e < graph.RowStarts[row + 1]; e++)
            {
                int place = places[(taskOfEdge[e] * ranks) + rankOfEdge[e]]++;
                Heads[place] = row;
                Tails[place] = graph.ColumnIndices[e];
                Periods[place] = heaviest / graph.Values[e];
            }
        }
    }

    /// <summary>
    /// Pairs the blocks. Round 0 pairs each block with itself; the circle method then fixes the last block and rotates the
    /// others.
    /// </summary>
    private static (int[] RoundStarts, int[] TaskOf) Tournament(int blocks)
    {
        int[] roundStarts = new int[blocks + 1];
        int[] taskOf = new int[blocks * blocks];
        int task = 0;
        for (; task < blocks; task++)
        {
            taskOf[(task * blocks) + task] = task;
        }

        int others = blocks - 1;
        for (int round = 1; round < blocks; round++)
        {
            roundStarts[round] = task;
            for (int pair = 0; pair < blocks / 2; pair++, task++)
            {
                int first = pair == 0 ? others : (round + pair) % others;
                int second = (round - pair + others) % others;
                taskOf[(first * blocks) + second] = task;
                taskOf[(second * blocks) + first] = task;
            }
        }

        roundStarts[blocks] = task;
        return (roundStarts, taskOf);
    }
}
