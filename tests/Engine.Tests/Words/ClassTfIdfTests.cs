using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Words;
using Xunit;

namespace TopicGrpc.Engine.Tests.Words;

/// <summary>Example of eight documents with topics −1, 0 and 1 as rows 0, 1 and 2; values recorded from BERTopic.</summary>
public sealed class ClassTfIdfTests
{
    private const int Digits = 12;

    private static readonly string[] Texts =
    [
        "The GPU card doesn't render 3D graphics", "Graphics card drivers for the GPU\ncrash", "Render farm: GPU, GPU, CPU",
        "The goalie saved the game", "Hockey game tonight, goalie injured", "Hockey season game", "Thanks in advance", "game card",
    ];

    private static readonly int[] Rows = [1, 1, 1, 2, 2, 2, 0, 0];

    [Theory]
    [InlineData(false, false, 1, "gpu", 0.313190742124)]
    [InlineData(false, false, 1, "graphics", 0.223969933654)]
    [InlineData(false, false, 1, "card", 0.183292133599)]
    [InlineData(false, false, 2, "game", 0.341662627771)]
    [InlineData(false, false, 2, "goalie", 0.325774448951)]
    [InlineData(false, false, 0, "thanks", 0.599473818200)]
    [InlineData(false, false, 0, "card", 0.366584267198)]
    [InlineData(true, false, 1, "gpu", 0.223454469006)]
    [InlineData(true, false, 2, "hockey", 0.269382643804)]
    [InlineData(true, false, 2, "game", 0.243768511642)]
    [InlineData(false, true, 1, "render", 0.633482635473)]
    [InlineData(false, true, 1, "gpu", 0.626381484248)]
    [InlineData(false, true, 2, "goalie", 0.764008804753)]
    public void Transform_WorkedExample_EqualsBertopic(bool bm25, bool squareRoot, int row, string term, double expected) =>
        Assert.Equal(expected, Weight(new ClassTfIdfOptions { Bm25Weighting = bm25, ReduceFrequentWords = squareRoot }, row, term), Digits);

    [Fact]
    public void Transform_SeedWord_IsRaised() =>
        Assert.Equal(2 * 0.313190742124, Weight(new ClassTfIdfOptions { SeedWords = ["gpu", "unknown"] }, 1, "gpu"), Digits - 1);

    [Fact]
    public void Fit_TermOfAFixedVocabularyThatOccursNowhere_HasNoWeight()
    {
        WordCounts counts = WordCase.Count(new WordOptions { Vocabulary = ["aa", "zz"] }, "aa bb");

        double[] factors = ClassTfIdf.Fit(counts.Counts, counts.Vocabulary, new ClassTfIdfOptions()).InverseFrequencies;

        Assert.Equal(0, factors[1]);
    }

    private static double Weight(ClassTfIdfOptions options, int row, string term)
    {
        WordCounts counts = WordCase.Count(new WordOptions { StopWords = StopWords.English }, Rows, Texts);
        CsrMatrix<double> weights = ClassTfIdf.Fit(counts.Counts, counts.Vocabulary, options).Transform(counts.Counts);
        Assert.True(counts.Vocabulary.TryGetColumn(term, out int column));
        return weights.RowValues(row)[weights.RowColumns(row).IndexOf(column)];
    }
}
