using System.Numerics.Tensors;
using TopicGrpc.Engine.Neighbors;
using TopicGrpc.Engine.Numerics;
using Xunit;

namespace TopicGrpc.Engine.Tests.Neighbors;

public sealed class CenteredCodesTests
{
    [Theory]
    [InlineData(DistanceMetric.Cosine, 24)]
    [InlineData(DistanceMetric.Euclidean, 24)]
    [InlineData(DistanceMetric.Euclidean, 33)]
    public void Scores_FarFromTheOrigin_DifferFromTheTrueOnesByARowConstant(DistanceMetric metric, int columns)
    {
        // Far from the origin, codes of the rows themselves would lose the differences between the rows.
        Matrix rows = SampleRows.Clustered(300, columns, seed: 4);
        TensorPrimitives.Add(rows.Span, 50f, rows.Span);
        RowGeometry geometry = new(rows, metric, 1, TestContext.Current.CancellationToken);

        CenteredCodes codes = new(rows, geometry, 2, TestContext.Current.CancellationToken);

        for (int row = 0; row < 10; row++)
        {
            double spread = 0.0;
            double[] differences = new double[rows.Rows];
            for (int other = 0; other < rows.Rows; other++)
            {
                double exact = TrueScore(rows, geometry, row, other);
                spread = Math.Max(spread, Math.Abs(exact - TrueScore(rows, geometry, row, 0)));
                differences[other] = exact - Score(codes, row, other);
            }

            double error = differences.Max() - differences.Min();
            Assert.True(error < 0.05 * spread, $"row {row}: {error} of {spread}");
        }
    }

    [Fact]
    public void Rows_AllEqual_CodesAreZero()
    {
        Matrix rows = new(5, 16);
        rows.Span.Fill(0.25f);
        RowGeometry geometry = new(rows, DistanceMetric.Euclidean, 1, TestContext.Current.CancellationToken);

        CenteredCodes codes = new(rows, geometry, 1, TestContext.Current.CancellationToken);

        for (int row = 0; row < 5; row++)
        {
            Assert.Equal(Score(codes, 0, 0), Score(codes, row, 4 - row), 1e-6);
        }
    }

    private static double TrueScore(Matrix rows, RowGeometry geometry, int row, int other)
    {
        double dot = 0.0;
        for (int k = 0; k < rows.Columns; k++)
        {
            dot += (double)rows.Row(row)[k] * rows.Row(other)[k];
        }

        return (dot * geometry.Scales[row] * geometry.Scales[other]) - geometry.Offsets[other];
    }

    private static double Score(CenteredCodes codes, int row, int other)
    {
        int sum = 0;
        for (int k = 0; k < codes.Stride; k++)
        {
            sum += codes.Row(row)[k] * codes.Row(other)[k];
        }

        return ((double)sum * codes.Steps[row] * codes.Steps[other]) - codes.Offsets[other];
    }
}
