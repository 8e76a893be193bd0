using TopicGrpc.Engine.Words.Segmentation;
using Xunit;

namespace TopicGrpc.Engine.Tests.Words;

public sealed class TokenizerTests
{
    [Theory]
    [InlineData("don't", "don")]
    [InlineData("state-of-the.art", "state|of|the|art")]
    [InlineData("snake_case __ _", "snake_case|__")]
    [InlineData("area x² and Ⅷa", "area|x²|and|ⅷa")]
    [InlineData("00 1993 7", "00|1993")]
    [InlineData("nai\u0308ve", "nai|ve")]
    [InlineData("na\u00EFve", "na\u00EFve")]
    [InlineData("ab\u200Dcd", "ab|cd")]
    [InlineData("a\U00010400b", "a\U00010428b")]
    [InlineData("\U00010400", "")]
    [InlineData("\U00010400\U00010401", "\U00010428\U00010429")]
    [InlineData("ab\uD800cd", "ab|cd")]
    [InlineData("", "")]
    [InlineData("a", "")]
    public void MoveNext_Text_GivesPythonsWords(string text, string expected) =>
        Assert.Equal(expected, string.Join('|', Words(text ?? string.Empty)));

    [Theory]
    [InlineData("ΟΔΟΣ", "οδος")]
    [InlineData("ΟΔΟΣ ΟΔΟΣ", "οδος|οδος")]
    [InlineData("ΣΟΦΟΣ'Α", "σοφοσ")]
    [InlineData("ΣΑ Σ", "σα")]
    [InlineData("1Σ2", "1σ2")]
    public void MoveNext_CapitalSigma_IsFinalAtTheEndOfAWord(string text, string expected) =>
        Assert.Equal(expected, string.Join('|', Words(text ?? string.Empty)));

    [Theory]
    [InlineData("KARİYER", "kari|yer")]
    [InlineData("İstanbul", "stanbul")]
    [InlineData("İ", "")]
    public void MoveNext_DottedCapitalI_SplitsTheWordAtItsDot(string text, string expected) =>
        Assert.Equal(expected, string.Join('|', Words(text ?? string.Empty)));

    [Fact]
    public void MoveNext_WithoutLowercase_KeepsTheCase()
    {
        List<string> words = [];
        Tokenizer reader = new("The ΟΔΟΣ İx", lower: null);
        while (reader.MoveNext())
        {
            words.Add(reader.Current.ToString());
        }

        Assert.Equal(["The", "ΟΔΟΣ", "İx"], words);
    }

    private static List<string> Words(string text)
    {
        List<string> words = [];
        Tokenizer reader = new(text, new LowercaseBuffer());
        while (reader.MoveNext())
        {
            words.Add(reader.Current.ToString());
        }

        return words;
    }
}
