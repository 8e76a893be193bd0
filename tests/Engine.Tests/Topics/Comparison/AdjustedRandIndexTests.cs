using TopicGrpc.Engine.Topics.Comparison;
using Xunit;

namespace TopicGrpc.Engine.Tests.Topics.Comparison;

public sealed class AdjustedRandIndexTests
{
    [Theory]
    [InlineData(new[] { 0, 0, 1, 1, -1 }, new[] { 7, 7, 3, 3, 0 }, 1.0)]
    [InlineData(new[] { 0, 0, 1, 1 }, new[] { 0, 0, 1, 2 }, 4.0 / 7.0)]
    [InlineData(new[] { 0, 0, 1, 1 }, new[] { 0, 1, 0, 1 }, -0.5)]
    [InlineData(new[] { 0, 0, 0, 0 }, new[] { 0, 1, 2, 3 }, 0.0)]
    [InlineData(new[] { 0, 0, 0 }, new[] { 1, 1, 1 }, 1.0)]
    [InlineData(new[] { 0 }, new[] { 1 }, 1.0)]
    [InlineData(new int[0], new int[0], 1.0)]
    public void Compute_KnownLabels_IsAsScikitLearnSays(int[] first, int[] second, double expected) =>
        Assert.Equal(expected, AdjustedRandIndex.Compute(first, second), 12);

    [Theory]
    [InlineData(1, 60, 3, 4)]
    [InlineData(2, 200, 12, 7)]
    [InlineData(3, 35, 20, 20)]
    public void Compute_RandomLabels_EqualsTheCountOverAllPairs(int seed, int items, int firstClasses, int secondClasses)
    {
        Random random = new(seed);
        int[] first = [.. Enumerable.Range(0, items).Select(_ => random.Next(-1, firstClasses))];
        int[] second = [.. first.Select(label => random.Next(3) > 0 ? label : random.Next(-1, secondClasses))];

        Assert.Equal(ByPairs(first, second), AdjustedRandIndex.Compute(first, second), 12);
    }

    [Fact]
    public void Compute_LabelsOfOtherNumber_IsRefused() =>
        Assert.Throws<ArgumentException>(() => AdjustedRandIndex.Compute([0, 1], [0]));

    /// <summary>The form of scikit-learn's pair confusion matrix: every pair of items is looked at.</summary>
    private static double ByPairs(int[] first, int[] second)
    {
        double both = 0;
        double onlyFirst = 0;
        double onlySecond = 0;
        double neither = 0;
        for (int i = 0; i < first.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                bool one = first[i] == first[j];
                bool two = second[i] == second[j];
                both += one && two ? 1 : 0;
                onlyFirst += one && !two ? 1 : 0;
                onlySecond += two && !one ? 1 : 0;
                neither += !one && !two ? 1 : 0;
            }
        }

        return 2 * ((both * neither) - (onlyFirst * onlySecond)) / (
            ((both + onlyFirst) * (onlyFirst + neither)) + ((both + onlySecond) * (onlySecond + neither)));
    }
}
