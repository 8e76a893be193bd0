using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Words;
using Xunit;

namespace TopicGrpc.Engine.Tests.Words;

public sealed class TokenTermsTests
{
    private static readonly string[] Tokens =
    [
        "The", "Graphics", "card", "ΟΔΟΣ", "aİbc", "card", "the", "GRAPHICS", "xİyİz", "card", "unknown", "of",
    ];

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 3)]
    [InlineData(2, 2)]
    public void Collect_AnyStretch_IsTheCountOfItsTokensJoined(int smallest, int largest)
    {
        WordOptions options = new() { StopWords = StopWords.English, MinNgram = smallest, MaxNgram = largest };
        Vocabulary vocabulary = new(
            ["bc", "card", "card graphics", "card οδος", "graphics", "graphics card", "graphics card οδος", "οδος", "οδος bc card", "the"]);
        VocabularyCounter counter = new(vocabulary, options);
        TokenTerms terms = new VocabularyCounter(vocabulary, options).Read(Tokens);

        for (int start = 0; start < Tokens.Length; start++)
        {
            for (int end = start; end <= Tokens.Length; end++)
            {
                CsrMatrix<int> expected = counter.Count([string.Join(' ', Tokens[start..end])]);
                int[] columns = new int[terms.Most(start, end)];
                int[] counts = new int[columns.Length];
                int distinct = TermRuns.Collapse(columns.AsSpan(0, terms.Collect(start, end, columns)), counts);

                Assert.Equal(expected.RowColumns(0).ToArray(), columns[..distinct]);
                Assert.Equal(expected.RowValues(0).ToArray(), counts[..distinct]);
            }
        }
    }

    [Fact]
    public void Count_WordsThatADottedCapitalEnds_FindRoom()
    {
        // Every second character starts a word without a preceding space.
        CsrMatrix<int> counts = new VocabularyCounter(new Vocabulary(["ai"]), new WordOptions()).Count(["aİaİaİaİ"]);

        Assert.Equal([4], counts.Values);
    }
}
