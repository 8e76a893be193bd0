using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Microsoft.ML.Tokenizers;
using TopicGrpc.Onnx.Tokens;

namespace TopicGrpc.Onnx.Tests.Tokens;

/// <summary>
/// Compares <see cref="WordPieces"/> with Microsoft.ML.Tokenizers, which tries every length: exact, but slow on long words.
/// </summary>
public sealed class WordPiecesTests
{
    private static readonly string VocabularyPath = Path.Combine(EncoderDirectory.FindDefault(), "vocab.txt");
    private static readonly WordPieceTokenizer Reference = WordPieceTokenizer.Create(
        VocabularyPath, new WordPieceOptions { MaxInputCharsPerWord = 1000 });
    private static readonly WordPieces Pieces = Open();

    [Property(MaxTest = 2000)]
    public Property Cut_AnyWord_GivesThePackagesPieces() => Prop.ForAll(Words().ToArbitrary(), static word =>
    {
        int[] ids = new int[word.Length];
        int count = Pieces.Cut(word, ids);
        int[] cut = count == 0 ? [Pieces.IdOf("[UNK]")] : ids[..count];

        Assert.Equal(Reference.EncodeToIds(word, considerPreTokenization: false, considerNormalization: false), cut);
    });

    [Fact]
    public void IdOf_MissingPiece_NamesIt()
    {
        using MemoryStream vocabulary = new("a\nb\n"u8.ToArray());

        InvalidDataException e = Assert.Throws<InvalidDataException>(() => new UncasedTokenizer(vocabulary));

        Assert.Contains("[PAD]", e.Message, StringComparison.Ordinal);
    }

    /// <summary>Generates words of known pieces, with an occasional letter that may be unknown.</summary>
    private static Gen<string> Words()
    {
        string[] known =
        [
            .. File.ReadLines(VocabularyPath).Where(static p => p[0] != '[').Select(static p => p.Length > 2 ? p.TrimStart('#') : p),
        ];
        Gen<string> parts = Gen.Frequency(
            (12, Gen.Elements(known)), (3, Gen.Elements("q", "zx", "ß", "ø", "ж")), (1, Gen.Elements("😀", "ǿ", "ꙮ")));
        return parts.NonEmptyListOf().Resize(12).Select(static list => string.Concat(list));
    }

    private static WordPieces Open()
    {
        using FileStream vocabulary = File.OpenRead(VocabularyPath);
        return new WordPieces(vocabulary);
    }
}
