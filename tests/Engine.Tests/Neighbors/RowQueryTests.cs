using System.Runtime.Intrinsics.X86;
using TopicGrpc.Engine.Neighbors;
using TopicGrpc.Engine.Numerics;
using Xunit;

namespace TopicGrpc.Engine.Tests.Neighbors;

public sealed class RowQueryTests
{
    [Theory]
    [InlineData(DistanceMetric.Cosine, 384)]
    [InlineData(DistanceMetric.Cosine, 7)]
    [InlineData(DistanceMetric.Euclidean, 50)]
    public void Find_RandomRows_EqualsAFullScan(DistanceMetric metric, int columns)
    {
        Matrix all = SampleRows.Clustered(460, columns, seed: 1);
        Matrix rows = new(400, columns, all.Values[..(400 * columns)]);
        rows.Row(17).Clear();
        rows.Row(30).CopyTo(rows.Row(31));
        RowQuery query = new(rows, metric, 15, RowIndex.Build(rows, metric));
        RowGeometry geometry = new(rows, metric, 1, TestContext.Current.CancellationToken);

        for (int row = 400; row < 460; row++)
        {
            ReadOnlySpan<float> values = all.Row(row);
            double square = FixedOrder.Dot(values, values);
            (double Distance, int Index)[] scan = new (double, int)[400];
            for (int other = 0; other < 400; other++)
            {
                scan[other] = (geometry.Distance(values, square, other), other);
            }

            Array.Sort(scan);
            RankedRows found = query.Find(values);
            for (int i = 0; i < 15; i++)
            {
                Assert.Equal(scan[i], (found.Distance(i), found.Index(i)));
            }
        }
    }

    [Theory]
    [InlineData(DistanceMetric.Cosine, 15)]
    [InlineData(DistanceMetric.Euclidean, 15)]
    [InlineData(DistanceMetric.Cosine, 40)]
    [InlineData(DistanceMetric.Euclidean, 40)]
    public void Find_ExcludedRows_EqualsAScanOfTheOthers(DistanceMetric metric, int count)
    {
        Matrix rows = SampleRows.Clustered(60, 20, seed: 4);
        int[] excluded = [.. Enumerable.Range(0, 60).Where(static row => row % 3 != 1)];
        foreach (int row in excluded)
        {
            rows.Row(row).Clear();
        }

        RowQuery query = new(rows, metric, count, RowIndex.Build(rows, metric) with { Excluded = excluded });
        RowGeometry geometry = new(rows, metric, 1, TestContext.Current.CancellationToken);
        float[][] queries = [.. Enumerable.Range(0, 60).Select(row => rows.Row(row).ToArray()), new float[20]];
        foreach (float[] values in queries)
        {
            double square = FixedOrder.Dot(values, values);
            (double Distance, int Index)[] scan =
            [
                .. Enumerable.Range(0, 60).Except(excluded).Select(other => (geometry.Distance(values, square, other), other)).Order(),
            ];
            RankedRows found = query.Find(values);
            Assert.Equal(Math.Min(count, 20), found.Count);
            for (int i = 0; i < found.Count; i++)
            {
                Assert.Equal(scan[i], (found.Distance(i), found.Index(i)));
            }
        }
    }

    [Theory]
    [InlineData(DistanceMetric.Cosine, 384)]
    [InlineData(DistanceMetric.Cosine, 7)]
    [InlineData(DistanceMetric.Euclidean, 50)]
    public void Find_SeveralRows_EqualsOneByOne(DistanceMetric metric, int columns)
    {
        Matrix all = SampleRows.Clustered(460, columns, seed: 6);
        Matrix rows = new(400, columns, all.Values[..(400 * columns)]);
        rows.Row(17).Clear();
        rows.Row(18).Clear();
        all.Row(403).Clear();
        all.Row(410)[columns - 1] = float.NaN;
        rows.Row(30).CopyTo(all.Row(411));
        RowQuery query = new(rows, metric, 15, RowIndex.Build(rows, metric) with { Excluded = [5, 18, 399] });
        int[] queries = [459, 3, 403, .. Enumerable.Range(404, 30), 3, 17];
        RankedRows[] found = [.. queries.Select(static _ => new RankedRows(0))];

        query.Find(all, queries, found);

        for (int i = 0; i < queries.Length; i++)
        {
            if (queries[i] == 410)
            {
                Assert.Equal(0, found[i].Count);
                continue;
            }

            RankedRows expected = query.Find(all.Row(queries[i]));
            Assert.Equal(Ranking(expected), Ranking(found[i]));
        }
    }

    [Fact]
    public void Sum_VectorKernels_EqualTheScalarOne()
    {
        Random random = new(2);
        short[] query = [.. Enumerable.Range(0, 384).Select(_ => (short)random.Next(-32767, 32768))];
        sbyte[] codes = [.. Enumerable.Range(0, 384).Select(_ => (sbyte)random.Next(-127, 128))];

        Assert.Equal(QuantizedRows.SumScalar(query, codes), QuantizedRows.Sum(query, codes));
    }

    [Fact]
    public void CoarseSums_VectorKernels_EqualTheScalarOne()
    {
        Random random = new(3);
        short[] query = [.. Enumerable.Range(0, 96).Select(_ => (short)random.Next(-32767, 32768))];
        sbyte[] codes = [.. Enumerable.Range(0, 96 * CoarseRows.BlockRows).Select(_ => (sbyte)random.Next(-127, 128))];
        int[] expected = new int[CoarseRows.BlockRows];
        int[] sums = new int[CoarseRows.BlockRows];

        CoarseRows.SumsScalar(query, codes, expected);
        CoarseRows.Sums(query, codes, sums);

        Assert.Equal(expected, sums);
    }

    [Fact]
    public void CoarseSumsOfGroup_VectorKernel_EqualsTheScalarOneForEachQuery()
    {
        Assert.SkipUnless(Avx512BW.IsSupported, "The processor lacks AVX-512.");
        Random random = new(7);
        short[] queries = [.. Enumerable.Range(0, CoarseRows.QueryGroup * 96).Select(_ => (short)random.Next(-32767, 32768))];
        sbyte[] codes = [.. Enumerable.Range(0, 96 * CoarseRows.BlockRows).Select(_ => (sbyte)random.Next(-127, 128))];
        int[] expected = new int[CoarseRows.QueryGroup * CoarseRows.BlockRows];
        int[] sums = new int[expected.Length];
        for (int query = 0; query < CoarseRows.QueryGroup; query++)
        {
            CoarseRows.SumsScalar(
                queries.AsSpan(query * 96, 96), codes, expected.AsSpan(query * CoarseRows.BlockRows, CoarseRows.BlockRows));
        }

        CoarseRows.SumsOfGroup(queries, codes, sums);

        Assert.Equal(expected, sums);
    }

    [Theory]
    [InlineData(DistanceMetric.Cosine, 300, 40f)]
    [InlineData(DistanceMetric.Euclidean, 300, 40f)]
    [InlineData(DistanceMetric.Euclidean, 5, 1e-3f)]
    public void CoarseBound_AnyRow_IsNeverBelowTheScore(DistanceMetric metric, int columns, float size)
    {
        Matrix all = SampleRows.Clustered(260, columns, seed: 5);
        Matrix rows = new(200, columns, Array.ConvertAll(all.Values[..(200 * columns)], value => size * value));
        rows.Row(9).Clear();
        RowGeometry geometry = new(rows, metric, 1, TestContext.Current.CancellationToken);
        CoarseRows coarse = new(rows, geometry, 2, TestContext.Current.CancellationToken);
        float longest = metric == DistanceMetric.Cosine ? 1f : MathF.Sqrt(2f * geometry.Offsets.Max());
        float[] upper = new float[coarse.Blocks * CoarseRows.BlockRows];
        for (int query = 200; query < 260; query++)
        {
            float[] values = Array.ConvertAll(all.Row(query).ToArray(), value => size * value);
            double length = Math.Sqrt(FixedOrder.Dot(values, values));
            double scale = metric == DistanceMetric.Cosine ? 1.0 / length : 1.0;

            short[] codes = new short[coarse.Axes];
            CoarseQuery coded = coarse.Encode(values, (float)scale, (float)(scale * length), longest, codes);
            coarse.Bound([coded], codes, upper);

            for (int row = 0; row < 200; row++)
            {
                double score = (FixedOrder.Dot(values, rows.Row(row)) * scale * geometry.Scales[row]) - geometry.Offsets[row];
                Assert.True(upper[row] >= score, $"query {query} row {row}: {upper[row]} < {score}");
            }
        }
    }

    private static (double Distance, int Index)[] Ranking(RankedRows rows) =>
        [.. Enumerable.Range(0, rows.Count).Select(place => (rows.Distance(place), rows.Index(place)))];
}
