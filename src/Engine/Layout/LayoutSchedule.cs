using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Layout;

/// <summary>
/// The edges of the layout in the order in which vertices are visited. An epoch is a number of rounds; round r moves the
/// vertices r, r + R, r + 2R, …, so that the vertices moved together are spread over the data. Within the schedule these
/// stand next to each other: places are numbered round by round.
/// </summary>
internal sealed class LayoutSchedule
{
    /// <summary>Rounds of an epoch; fewer where a round would have less than <see cref="SmallestRound"/> vertices.</summary>
    private const int MostRounds = 32;
    private const int SmallestRound = 64;

    private LayoutSchedule(int[] roundStarts, int[] vertexAt, int[] edgeStarts, int[] tails, float[] periods)
    {
        RoundStarts = roundStarts;
        VertexAt = vertexAt;
        EdgeStarts = edgeStarts;
        Tails = tails;
        Periods = periods;
    }

    /// <summary>First place of each round, and the number of places at the end.</summary>
    public int[] RoundStarts { get; }

    /// <summary>Rounds of an epoch.</summary>
    public int Rounds => RoundStarts.Length - 1;

    /// <summary>The vertex that stands at a place.</summary>
    public int[] VertexAt { get; }

    /// <summary>First edge of each place; a multiple of eight, so that a place's edges are whole vectors.</summary>
    public int[] EdgeStarts { get; }

    /// <summary>Place of each edge's other end.</summary>
    public int[] Tails { get; }

    /// <summary>Epochs from one visit of an edge to the next, 1 for the heaviest; infinite for padding.</summary>
    public float[] Periods { get; }

    public static LayoutSchedule Of(CsrMatrix<float> graph)
    {
        int n = graph.Rows;
        int rounds = Math.Clamp(n / SmallestRound, 1, MostRounds);
        int[] roundStarts = new int[rounds + 1];
        int[] vertexAt = new int[n];
        int[] placeOf = new int[n];
        int place = 0;
        for (int round = 0; round < rounds; round++)
        {
            roundStarts[round] = place;
            for (int vertex = round; vertex < n; vertex += rounds)
            {
                placeOf[vertex] = place;
                vertexAt[place++] = vertex;
            }
        }

        roundStarts[rounds] = n;
        int[] edgeStarts = new int[n + 1];
        for (int i = 0; i < n; i++)
        {
            edgeStarts[i + 1] = edgeStarts[i] + ((graph.RowColumns(vertexAt[i]).Length + 7) / 8 * 8);
        }

        int[] tails = new int[edgeStarts[n]];
        float[] periods = new float[edgeStarts[n]];
        periods.AsSpan().Fill(float.PositiveInfinity);
        float heaviest = graph.Values.Length == 0 ? 1f : System.Numerics.Tensors.TensorPrimitives.Max<float>(graph.Values);
        for (int i = 0; i < n; i++)
        {
            ReadOnlySpan<int> columns = graph.RowColumns(vertexAt[i]);
            ReadOnlySpan<float> values = graph.RowValues(vertexAt[i]);
            for (int e = 0; e < columns.Length; e++)
            {
                tails[edgeStarts[i] + e] = placeOf[columns[e]];
                periods[edgeStarts[i] + e] = heaviest / values[e];
            }
        }

        return new LayoutSchedule(roundStarts, vertexAt, edgeStarts, tails, periods);
    }
}
