using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Layout;

/// <summary>
/// The edges of the layout, grouped so that groups can be worked off side by side. Vertices are dealt out to an even number
/// of blocks; an edge belongs to the pair of blocks that its ends lie in. A round is a set of pairs without a common block
/// (a round-robin tournament), so the tasks of a round move different vertices. Within a task, edges with the same head
/// stand apart: the processor can work on several at once.
/// </summary>
internal sealed class LayoutSchedule
{
    private const int MostBlocks = 16;
    private const int SmallestBlock = 64;
    private const int Lanes = 8;

    private LayoutSchedule(int[] roundStarts, int[] taskStarts, int[] heads, int[] tails, float[] periods)
    {
        RoundStarts = roundStarts;
        TaskStarts = taskStarts;
        Heads = heads;
        Tails = tails;
        Periods = periods;
    }

    /// <summary>First task of each round, and the number of tasks at the end.</summary>
    public int[] RoundStarts { get; }

    /// <summary>Rounds of an epoch.</summary>
    public int Rounds => RoundStarts.Length - 1;

    /// <summary>Tasks of the fullest round: more threads than that have nothing to do.</summary>
    public int Width => RoundStarts[1];

    /// <summary>First edge of each task; a multiple of eight, so that a task's edges are whole vectors.</summary>
    public int[] TaskStarts { get; }

    /// <summary>Vertex that an edge starts from; the random documents of a visit push this one.</summary>
    public int[] Heads { get; }

    /// <summary>Vertex at the other end.</summary>
    public int[] Tails { get; }

    /// <summary>Epochs from one visit of an edge to the next, 1 for the heaviest; infinite for padding.</summary>
    public float[] Periods { get; }

    public static LayoutSchedule Of(CsrMatrix<float> graph)
    {
        int blocks = Math.Clamp(graph.Rows / SmallestBlock, 2, MostBlocks) / 2 * 2;
        (int[] roundStarts, int[] taskOf) = Tournament(blocks);
        int tasks = roundStarts[^1];

        // Edges are counted by task and by their rank among the edges of their head within the task, then dealt out in
        // that order: the first edge of every head, the second of every head that has one, and so on.
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

    private void Fill(CsrMatrix<float> graph, int[] places, int[] taskOfEdge, int[] rankOfEdge, int ranks)
    {
        Periods.AsSpan().Fill(float.PositiveInfinity);
        float heaviest = graph.Values.Length == 0 ? 1f : System.Numerics.Tensors.TensorPrimitives.Max<float>(graph.Values);
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

    /// <summary>Round 0: every block with itself. Then the circle method: the last block stays, the others move on by one.</summary>
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
