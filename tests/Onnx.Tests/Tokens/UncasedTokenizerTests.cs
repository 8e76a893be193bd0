using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TopicGrpc.Onnx.Tokens;

namespace TopicGrpc.Onnx.Tests.Tokens;

public sealed class UncasedTokenizerTests
{
    [Fact]
    public void Encode_EveryRecordedText_GivesTheReferenceIds()
    {
        Assert.Equal(160, Golden.Cases.Length);
        Assert.All(Golden.Cases, static c => Assert.Equal(c.Ids, TokenizerFixture.Ids(c.Text)));
    }

    [Fact]
    public void Encode_OtherLimits_GivesTheReferenceIds()
    {
        Assert.NotEmpty(Golden.Truncations);
        Assert.All(Golden.Truncations, static c => Assert.Equal(c.Ids, TokenizerFixture.Ids(c.Text, c.Max)));
    }

    [Fact]
    public void Encode_EveryCodePointOfPlanes0And1_GivesTheReferenceIds()
    {
        List<string> different = [];
        int compared = 0;
        foreach ((int first, int last, long[] expected) in Golden.CodePointRuns)
        {
            for (int codePoint = first; codePoint <= last; codePoint++)
            {
                long[] ids = TokenizerFixture.Ids($"ab{new Rune(codePoint)}cd");
                compared++;
                if (!ids.AsSpan(1, ids.Length - 2).SequenceEqual(expected))
                {
                    different.Add($"U+{codePoint:X4}: {string.Join(' ', ids[1..^1])}, reference {string.Join(' ', expected)}");
                }
            }
        }

        Assert.True(compared > 129_000, $"{compared} compared");
        Assert.Empty(different);
    }

    [Fact]
    public void Encode_TwentyNewsgroups_GivesTheReferenceDigest()
    {
        string recorded = File.ReadAllText(Repository.SharedFile("golden", "tokenizer", "20newsgroups.txt"));
        using FileStream file = File.OpenRead(Repository.SharedFile("data", "20newsgroups", "stripped.jsonl.gz"));
        using GZipStream unpacked = new(file, CompressionMode.Decompress);
        using StreamReader lines = new(unpacked);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long tokens = 0;
        int posts = 0;
        while (lines.ReadLine() is { } line)
        {
            using var post = JsonDocument.Parse(line);
            long[] ids = TokenizerFixture.Ids(post.RootElement.GetProperty("text").GetString()!);
            hash.AppendData(Encoding.ASCII.GetBytes(string.Join(' ', ids) + "\n"));
            tokens += ids.Length;
            posts++;
        }

        Assert.Equal(18_846, posts);
        Assert.Contains($"tokens: {tokens}\n", recorded, StringComparison.Ordinal);
        Assert.Contains(Convert.ToHexStringLower(hash.GetHashAndReset()), recorded, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\ud83d", "")]
    [InlineData("a\udc00b", "ab")]
    [InlineData("a \ud83d\ud83d b", "a b")]
    [InlineData("\udc00\ud83d", "")]
    public void Encode_LoneSurrogates_AreDropped(string text, string same) =>
        Assert.Equal(TokenizerFixture.Ids(same), TokenizerFixture.Ids(text));

    [Fact]
    public void Encode_SpecialTokenInCapitals_IsItselfEvenInsideAWord() =>
        Assert.Equal([101, 4895, 102, 2589, 1031, 7308, 1033, 103, 102], TokenizerFixture.Ids("un[SEP]done[mask][MASK]"));

    [Fact]
    public void Encode_NoLetterAboveTheBasicPlane_DecomposesToPunctuation()
    {
        int[] bases = new int[3];
        for (int codePoint = 0x10000; codePoint <= 0x10FFFF; codePoint++)
        {
            if (CharacterKinds.Of(codePoint) != CharacterKind.Letter)
            {
                continue;
            }

            int count = CanonicalBases.Decompose(codePoint, bases);
            Assert.DoesNotContain(bases[..count], static part => CharacterKinds.Of(part) == CharacterKind.Punctuation);
        }
    }

    [Theory]
    [InlineData(100, false)]
    [InlineData(101, true)]
    public void Encode_WordAtTheLimit_IsUnknownOnlyAboveIt(int letters, bool unknown) =>
        Assert.Equal(unknown, TokenizerFixture.Ids(new string('x', letters)) is [101, 100, 102]);

    [Fact]
    public void Encode_AtAndAboveTheLimit_SaysWhetherTheTextWasCut()
    {
        long[] ids = new long[5];

        TokenIds exact = TokenizerFixture.Tokenizer.Encode("one two three  \n ", ids);
        TokenIds more = TokenizerFixture.Tokenizer.Encode("one two three four", ids);

        Assert.Equal(new TokenIds(5, false), exact);
        Assert.Equal(new TokenIds(5, true), more);
    }
}
