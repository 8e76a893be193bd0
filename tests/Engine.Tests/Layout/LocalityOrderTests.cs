using FsCheck.Xunit;
using TopicGrpc.Engine.Layout;
using TopicGrpc.Engine.Numerics;
using Xunit;

namespace TopicGrpc.Engine.Tests.Layout;

public sealed class LocalityOrderTests
{
    [Property]
    public void Of_AnyGraph_EveryVertexOnce(int seed)
    {
        Random random = new(seed);
        int vertices = random.Next(1, 400);
        CsrMatrix<float> graph = Graph(vertices, RandomEdges(random, vertices, random.Next(0, 3 * vertices)));

        int[] order = LocalityOrder.Of(graph, TestContext.Current.CancellationToken);

        Assert.Equal(Enumerable.Range(0, vertices), order.Order());
    }

    [Fact]
    public void Of_ShuffledGroups_EachGroupIsTogether()
    {
        // Groups of ten rows whose numbers are 100 apart, densely connected inside and by single weak edges outside.
        List<(int, int, float)> edges = [];
        for (int row = 0; row < 1000; row++)
        {
            for (int step = 1; step < 10; step++)
            {
                int other = (row + (100 * step)) % 1000;
                if (row < other)
                {
                    edges.Add((row, other, 1f));
                }
            }

            edges.Add((row, (row + 1) % 1000, 0.01f));
        }

        int[] order = LocalityOrder.Of(Graph(1000, edges), TestContext.Current.CancellationToken);

        int steps = order.Zip(order.Skip(1)).Count(pair => pair.First % 100 != pair.Second % 100);
        Assert.True(steps <= 150, $"{steps} changes of the group; 99 is the fewest.");
    }

    [Fact]
    public void Apply_AnyOrder_SameEdges()
    {
        Random random = new(5);
        CsrMatrix<float> graph = Graph(50, RandomEdges(random, 50, 120));
        int[] order = [.. Enumerable.Range(0, 50)];
        random.Shuffle(order);

        CsrMatrix<float> applied = LocalityOrder.Apply(graph, order);

        for (int place = 0; place < 50; place++)
        {
            Assert.Equal(
                Entries(graph, order[place]).Order(),
                Entries(applied, place).Select(entry => (order[entry.Column], entry.Value)).Order());
        }
    }

    [Theory]
    [InlineData(130)]
    [InlineData(1500)]
    public void InOrder_Graph_EveryEdgeOnceAndDisjointTasks(int vertices)
    {
        CsrMatrix<float> graph = Graph(vertices, RandomEdges(new Random(6), vertices, 8 * vertices));

        var schedule = LayoutSchedule.InOrder(graph);

        List<(int, int, float)> scheduled = [];
        for (int round = 0; round < schedule.Rounds; round++)
        {
            HashSet<int> moved = [];
            for (int task = schedule.RoundStarts[round]; task < schedule.RoundStarts[round + 1]; task++)
            {
                HashSet<int> own = [];
                Assert.Equal(0, schedule.TaskStarts[task] % 8);
                for (int edge = schedule.TaskStarts[task]; edge < schedule.TaskStarts[task + 1]; edge++)
                {
                    if (float.IsFinite(schedule.Periods[edge]))
                    {
                        scheduled.Add((schedule.Heads[edge], schedule.Tails[edge], schedule.Periods[edge]));
                        own.Add(schedule.Heads[edge]);
                        own.Add(schedule.Tails[edge]);
                    }
                }

                Assert.False(moved.Overlaps(own));
                moved.UnionWith(own);
            }
        }

        float heaviest = graph.Values.Max();
        IEnumerable<(int, int, float)> expected = Enumerable.Range(0, vertices)
            .SelectMany(row => Entries(graph, row).Select(entry => (row, entry.Column, heaviest / entry.Value)));
        Assert.Equal(expected.Order(), scheduled.Order());
    }

    private static IEnumerable<(int Column, float Value)> Entries(CsrMatrix<float> graph, int row) =>
        graph.RowColumns(row).ToArray().Zip(graph.RowValues(row).ToArray());

    private static List<(int, int, float)> RandomEdges(Random random, int vertices, int count)
    {
        Dictionary<(int, int), float> edges = [];
        for (int i = 0; i < count; i++)
        {
            (int one, int two) = (random.Next(vertices), random.Next(vertices));
            if (one < two)
            {
                edges[(one, two)] = 0.1f + random.NextSingle();
            }
        }

        return [.. edges.Select(edge => (edge.Key.Item1, edge.Key.Item2, edge.Value))];
    }

    private static CsrMatrix<float> Graph(int vertices, IReadOnlyList<(int One, int Two, float Weight)> edges)
    {
        (int Row, int Column, float Weight)[] entries =
            [.. edges.Concat(edges.Select(edge => (edge.Two, edge.One, edge.Weight))).Order()];
        int[] starts = new int[vertices + 1];
        foreach ((int row, _, _) in entries)
        {
            starts[row + 1]++;
        }

        for (int row = 0; row < vertices; row++)
        {
            starts[row + 1] += starts[row];
        }

        return new CsrMatrix<float>(
            vertices, starts, [.. entries.Select(entry => entry.Column)], [.. entries.Select(entry => entry.Weight)]);
    }
}
