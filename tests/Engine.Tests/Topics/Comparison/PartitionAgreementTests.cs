using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics.Comparison;
using Xunit;

namespace TopicGrpc.Engine.Tests.Topics.Comparison;

public sealed class PartitionAgreementTests
{
    [Fact]
    public void AdjustedMutualInformation_SamePartitionWithOtherNumbers_IsOne() =>
        Assert.Equal(1.0, PartitionAgreement.AdjustedMutualInformation([0, 0, 1, 1, -1], [5, 5, 2, 2, 0]), 12);

    [Fact]
    public void AdjustedMutualInformation_OneClass_IsOneForEqualPartitions() =>
        Assert.Equal(1.0, PartitionAgreement.AdjustedMutualInformation([3, 3, 3], [7, 7, 7]));

    [Fact]
    public void AdjustedMutualInformation_IndependentPartitions_IsNearZero() =>
        Assert.InRange(PartitionAgreement.AdjustedMutualInformation(Random(4000, 30, 1), Random(4000, 50, 2)), -0.01, 0.01);

    [Theory]
    [InlineData(200, 5, 9)]
    [InlineData(997, 40, 3)]
    [InlineData(3000, 2, 2)]
    public void AdjustedMutualInformation_Partitions_EqualsTheDefinition(int items, int firstClasses, int secondClasses)
    {
        int[] first = Random(items, firstClasses, 3);
        int[] noise = Random(items, secondClasses, 4);
        int[] second = [.. first.Select((label, item) => item % 3 == 0 ? noise[item] : label % secondClasses)];

        Assert.Equal(ByDefinition(first, second), PartitionAgreement.AdjustedMutualInformation(first, second), 9);
    }

    /// <summary>Equation 24 of Vinh, Epps and Bailey (2010), each term with its own logarithm of factorials.</summary>
    private static double ByDefinition(int[] first, int[] second)
    {
        int n = first.Length;
        int[] rows = [.. first.GroupBy(label => label).Select(group => group.Count())];
        int[] columns = [.. second.GroupBy(label => label).Select(group => group.Count())];
        double information = first.Zip(second).GroupBy(pair => pair).Sum(cell => cell.Count() / (double)n * Math.Log(
            (double)n * cell.Count()
                / ((double)first.Count(label => label == cell.Key.First) * second.Count(label => label == cell.Key.Second))));
        double expected = 0;
        foreach (int a in rows)
        {
            foreach (int b in columns)
            {
                for (int cell = Math.Max(1, a + b - n); cell <= Math.Min(a, b); cell++)
                {
                    double logProbability = LogFactorial(a) + LogFactorial(b) + LogFactorial(n - a) + LogFactorial(n - b) - LogFactorial(n)
                        - LogFactorial(cell) - LogFactorial(a - cell) - LogFactorial(b - cell) - LogFactorial(n - a - b + cell);
                    expected += (double)cell / n * Math.Log((double)n * cell / ((double)a * b)) * Math.Exp(logProbability);
                }
            }
        }

        double mean = (Entropy(rows, n) + Entropy(columns, n)) / 2;
        return (information - expected) / (mean - expected);
    }

    private static double Entropy(int[] sums, double n) => -sums.Sum(sum => sum / n * Math.Log(sum / n));

    private static double LogFactorial(int n) => Enumerable.Range(1, n).Sum(factor => Math.Log(factor));

    private static int[] Random(int items, int classes, long seed) =>
        [.. Enumerable.Range(0, items).Select(item => CounterRandom.Below(classes, CounterRandom.Key(seed, 9), item))];
}
