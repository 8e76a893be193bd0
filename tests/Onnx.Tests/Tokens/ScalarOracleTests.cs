using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace TopicGrpc.Onnx.Tests.Tokens;

public sealed class ScalarOracleTests
{
    private static readonly string[] Alphabets =
    [
        "abcdefghij XYZ 0123", " \t\n\r\u000b\u0085\u00a0\u2028\u3000", "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", "áÀñÇşİĞßøÅåéö", "αΣςΔΐΏ",
        "жЙїЁѓ",
        "中文字豈", "한글안녕", "がカゝー", "العَرَبِيَّة", "हिन्दीবাংলা", "\u0301\u0308\u0327\u200b\u00ad\ufeff\u200d", "—–…“”«»¿‿", "€£™½²①≠≮",
    ];

    private static readonly string[] Parts =
    [
        "[MASK]", "[SEP]", "[CLS]", "[PAD]", "[UNK]", "[mask]", "[[SEP]]", "😀", "𐐀", "\ud83d", "\udc00", "\0", "\ufffd", "unaffable",
        new string('y', 99),
        new string('z', 101), "don't",
    ];

    [Property(MaxTest = 3000)]
    public Property Encode_AnyText_GivesTheOraclesIds() => Prop.ForAll(Texts().ToArbitrary(), Limits().ToArbitrary(), static (text, max) =>
        Assert.Equal(ScalarOracle.Ids(text, max), TokenizerFixture.Ids(text, max)));

    [Fact]
    public void Ids_EveryRecordedText_GivesTheReferenceIds() =>
        Assert.All(Golden.Cases, static c => Assert.Equal(c.Ids, ScalarOracle.Ids(c.Text, 256)));

    private static Gen<int> Limits() => Gen.Frequency((1, Gen.Choose(2, 8)), (3, Gen.Constant(256)));

    private static Gen<string> Texts()
    {
        Gen<string> letters = Gen.Elements(Alphabets).SelectMany(
            static alphabet => Gen.Elements(alphabet.ToCharArray()).Select(static c => c.ToString()));
        return Gen.Frequency((9, letters), (1, Gen.Elements(Parts))).ListOf().Resize(60).Select(static parts => string.Concat(parts));
    }
}
