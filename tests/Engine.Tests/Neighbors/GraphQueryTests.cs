using TopicGrpc.Engine.Neighbors;
using TopicGrpc.Engine.Numerics;
using Xunit;

namespace TopicGrpc.Engine.Tests.Neighbors;

public sealed class GraphQueryTests
{
    private const int Count = 15;

    [Theory]
    [InlineData(DistanceMetric.Cosine)]
    [InlineData(DistanceMetric.Euclidean)]
    public void Find_NewRows_NearlyTheExactNeighbors(DistanceMetric metric)
    {
        Matrix all = SampleRows.Clustered(6200, 24, seed: 8);
        Matrix rows = new(6000, 24, all.Values[..(6000 * 24)]);
        RowQuery exact = new(rows, metric, Count, RowIndex.Build(rows, metric));
        RowQuery graph = new(rows, metric, Count, WithGraph(rows, metric));

        int shared = 0;
        for (int query = 6000; query < 6200; query++)
        {
            int[] expected = Indices(exact.Find(all.Row(query)));
            RankedRows found = graph.Find(all.Row(query));
            Assert.Equal(Count, found.Count);
            shared += Indices(found).Intersect(expected).Count();
        }

        Assert.True(shared >= 0.98 * 200 * Count, $"{shared} of {200 * Count}");
    }

    [Theory]
    [InlineData(500)]
    [InlineData(3000)]
    [InlineData(int.MaxValue)]
    public void Find_GroupsOfNearDuplicates_NearlyTheExactNeighbors(int mostTopRows)
    {
        // Groups of nine rows and queries between two groups: links alone seldom leave the group where a search starts.
        (Matrix rows, Matrix queries) = NearDuplicates(groups: 1500, size: 9, queries: 200);
        RowQuery exact = new(rows, DistanceMetric.Cosine, Count, RowIndex.Build(rows, DistanceMetric.Cosine));
        SearchGraph links = Graph(rows, DistanceMetric.Cosine, threads: 2, mostTopRows);
        RowQuery graph = new(
            rows,
            DistanceMetric.Cosine,
            Count,
            RowIndex.Build(rows, DistanceMetric.Cosine, links, 2, TestContext.Current.CancellationToken));

        int shared = 0;
        for (int query = 0; query < queries.Rows; query++)
        {
            shared += Indices(exact.Find(queries.Row(query))).Intersect(Indices(graph.Find(queries.Row(query)))).Count();
        }

        Assert.True(shared >= 0.95 * queries.Rows * Count, $"{shared} of {queries.Rows * Count}");
    }

    [Theory]
    [InlineData(DistanceMetric.Cosine)]
    [InlineData(DistanceMetric.Euclidean)]
    public void Find_SeveralRows_EqualsOneByOne(DistanceMetric metric)
    {
        Matrix all = SampleRows.Clustered(6050, 24, seed: 18);
        Matrix rows = new(6000, 24, all.Values[..(6000 * 24)]);
        all.Row(6010).Clear();
        RowQuery query = new(rows, metric, Count, WithGraph(rows, metric));
        int[] queries = [.. Enumerable.Range(6000, 50).Reverse(), 6003, 12];
        RankedRows[] found = [.. queries.Select(static _ => new RankedRows(0))];

        query.Find(all, queries, found);

        for (int i = 0; i < queries.Length; i++)
        {
            RankedRows expected = query.Find(all.Row(queries[i]));
            Assert.Equal(Indices(expected), Indices(found[i]));
            Assert.Equal(expected.Distance(0), found[i].Distance(0));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Create_ThreadCount_SameLevel(int threads)
    {
        Matrix rows = SampleRows.Clustered(5000, 24, seed: 15);
        SampledRows expected = WithGraph(rows, DistanceMetric.Cosine).Graph!.Sample!;

        SampledRows found = Graph(rows, DistanceMetric.Cosine, threads).Sample!;

        Assert.Equal(expected.Rows, found.Rows);
        Assert.True(expected.Graph.Links.Span.SequenceEqual(found.Graph.Links.Span));
        Assert.Equal(expected.Graph.Entries, found.Graph.Entries);
    }

    [Fact]
    public void Find_GraphOfAnEarlierBuild_StartsAtTheEntries()
    {
        Matrix rows = SampleRows.Clustered(4000, 24, seed: 9);
        RowIndex index = WithGraph(rows, DistanceMetric.Cosine);
        RowQuery query = new(rows, DistanceMetric.Cosine, Count, index with { Graph = index.Graph! with { Sample = null } });

        for (int row = 0; row < rows.Rows; row += 7)
        {
            Assert.Equal(row, query.Find(rows.Row(row)).Index(0));
        }
    }

    [Fact]
    public void Find_StoredRow_FindsItselfAtZero()
    {
        Matrix rows = SampleRows.Clustered(4000, 24, seed: 9);
        RowQuery query = new(rows, DistanceMetric.Cosine, Count, WithGraph(rows, DistanceMetric.Cosine));

        for (int row = 0; row < rows.Rows; row += 7)
        {
            RankedRows found = query.Find(rows.Row(row));
            Assert.Equal(0.0, found.Distance(0));
            Assert.Equal(row, found.Index(0));
        }
    }

    [Fact]
    public void Find_IslandWithoutSpacedEntry_IsReached()
    {
        // The entries are every eighth row; the island is between two of them and has no neighbor outside.
        Matrix rows = SampleRows.Clustered(4096, 24, seed: 10);
        for (int row = 2001; row <= 2003; row++)
        {
            rows.Row(row).Clear();
            rows.Row(row)[row - 2000] = 0.01f;
            rows.Row(row)[0] = -40f;
        }

        NeighborTable neighbors = Neighbors(rows, DistanceMetric.Euclidean, count: 3);
        SearchGraph graph = SearchGraph.Create(
            rows, neighbors, DistanceMetric.Euclidean, 1000, ComputeOptions.Default, TestContext.Current.CancellationToken)!;
        var index = RowIndex.Build(rows, DistanceMetric.Euclidean, graph, 1, TestContext.Current.CancellationToken);
        RowQuery query = new(rows, DistanceMetric.Euclidean, 3, index);
        float[] near = new float[24];
        near[0] = -39f;

        Assert.Equal([2001, 2002, 2003], Indices(query.Find(near)).Order());
        Assert.Contains(2001, graph.Entries);
        Assert.Contains(2001, graph.Sample!.Rows);
    }

    [Fact]
    public void Expanded_RowsWithCopies_FindsTheFirstOfEqualRows()
    {
        Matrix distinct = SampleRows.Clustered(2000, 24, seed: 14);
        int[] rowOf = [.. Enumerable.Range(0, 2000).Select(row => 3 * row)];
        Matrix rows = new(6000, 24);
        for (int row = 0; row < rows.Rows; row++)
        {
            distinct.Row(row / 3).CopyTo(rows.Row(row));
        }

        SearchGraph graph = Graph(distinct, DistanceMetric.Cosine, threads: 2);
        var index = RowIndex.Build(rows, DistanceMetric.Cosine, graph.Expanded(rowOf, 6000), 1, TestContext.Current.CancellationToken);
        RowQuery query = new(rows, DistanceMetric.Cosine, Count, index);

        for (int row = 0; row < 2000; row += 11)
        {
            RankedRows found = query.Find(distinct.Row(row));
            Assert.Equal(3 * row, found.Index(0));
            Assert.All(Indices(found), other => Assert.Equal(0, other % 3));
        }
    }

    [Fact]
    public void Find_ZeroRow_AsExact()
    {
        Matrix rows = SampleRows.Clustered(500, 8, seed: 11);
        rows.Row(123).Clear();
        RowQuery exact = new(rows, DistanceMetric.Cosine, Count, RowIndex.Build(rows, DistanceMetric.Cosine));
        RowQuery graph = new(rows, DistanceMetric.Cosine, Count, WithGraph(rows, DistanceMetric.Cosine));

        Assert.Equal(Indices(exact.Find(new float[8])), Indices(graph.Find(new float[8])));
    }

    [Fact]
    public void Create_MoreComponentsThanEntries_NoGraph()
    {
        // Pairs of equal rows: each pair is a component.
        Matrix rows = new(8000, 2);
        for (int row = 0; row < rows.Rows; row++)
        {
            (rows.Row(row)[0], rows.Row(row)[1]) = (row / 2, 1000f);
        }

        NeighborTable neighbors = Neighbors(rows, DistanceMetric.Euclidean, count: 2);
        Assert.Null(SearchGraph.Create(neighbors, mostEntries: 4000));
        Assert.NotNull(SearchGraph.Create(neighbors, mostEntries: 8000));
    }

    [Fact]
    public void Find_ExcludedRows_AreNotFoundAndNotRead()
    {
        Matrix rows = SampleRows.Clustered(3000, 24, seed: 12);
        int[] excluded = [0, .. Enumerable.Range(0, 3000).Where(static row => row % 7 == 3)];
        RowIndex index = WithGraph(rows, DistanceMetric.Cosine).Excluding(excluded);
        RowQuery query = new(rows, DistanceMetric.Cosine, Count, index);
        Matrix blank = new(3000, 24, rows.Values[..]);
        Array.ForEach(excluded, row => blank.Row(row).Clear());
        RowQuery blanked = new(blank, DistanceMetric.Cosine, Count, index.Zeroed());

        for (int row = 0; row < 3000; row += 13)
        {
            int[] found = Indices(query.Find(rows.Row(row)));
            Assert.Equal(Count, found.Length);
            Assert.Empty(found.Intersect(excluded));
            Assert.Equal(found, Indices(blanked.Find(rows.Row(row))));
        }
    }

    [Fact]
    public void Find_ManyThreads_SameRows()
    {
        Matrix rows = SampleRows.Clustered(3000, 24, seed: 12);
        RowQuery query = new(rows, DistanceMetric.Cosine, Count, WithGraph(rows, DistanceMetric.Cosine));
        Matrix queries = SampleRows.Clustered(100, 24, seed: 13);
        int[][] alone = [.. Enumerable.Range(0, 100).Select(i => Indices(query.Find(queries.Row(i))))];

        int[][] together = new int[100][];
        Parallel.For(0, 100, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i => together[i] = Indices(query.Find(queries.Row(i))));

        Assert.Equal(alone, together);
    }

    private static (Matrix Rows, Matrix Queries) NearDuplicates(int groups, int size, int queries)
    {
        const int columns = 32;
        Matrix centers = SampleRows.Uniform(groups, columns, seed: 16);
        Matrix noise = SampleRows.Uniform((groups * size) + queries, columns, seed: 17);
        Matrix rows = new(groups * size, columns);
        Matrix between = new(queries, columns);
        for (int row = 0; row < noise.Rows; row++)
        {
            Span<float> target = row < rows.Rows ? rows.Row(row) : between.Row(row - rows.Rows);
            ReadOnlySpan<float> center = centers.Row(row % groups);
            ReadOnlySpan<float> other = centers.Row((row + 1) % groups);
            float share = row < rows.Rows ? 0f : 0.4f;
            for (int column = 0; column < columns; column++)
            {
                target[column] = ((1f - share) * center[column]) + (share * other[column]) + (0.05f * noise.Row(row)[column]);
            }
        }

        return (rows, between);
    }

    private static RowIndex WithGraph(Matrix rows, DistanceMetric metric) =>
        RowIndex.Build(rows, metric, Graph(rows, metric, threads: 2), 2, TestContext.Current.CancellationToken);

    private static SearchGraph Graph(Matrix rows, DistanceMetric metric, int threads, int mostTopRows = 500) => SearchGraph.Create(
        rows,
        Neighbors(rows, metric, Count),
        metric,
        mostTopRows,
        new ComputeOptions { Threads = threads },
        TestContext.Current.CancellationToken)!;

    private static NeighborTable Neighbors(Matrix rows, DistanceMetric metric, int count) =>
        new NeighborSearch(new NeighborOptions { NeighborCount = count, Metric = metric })
            .Find(rows, ComputeOptions.Default, null, TestContext.Current.CancellationToken);

    private static int[] Indices(RankedRows rows) => [.. Enumerable.Range(0, rows.Count).Select(rows.Index)];
}
