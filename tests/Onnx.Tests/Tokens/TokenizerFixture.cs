using TopicGrpc.Onnx.Tokens;

namespace TopicGrpc.Onnx.Tests.Tokens;

/// <summary>The tokenizer with the vocabulary of the default encoder.</summary>
internal static class TokenizerFixture
{
    public static UncasedTokenizer Tokenizer { get; } = Open();

    public static long[] Ids(string text, int max = 256)
    {
        long[] ids = new long[max];
        return ids[..Tokenizer.Encode(text, ids).Count];
    }

    private static UncasedTokenizer Open()
    {
        using FileStream vocabulary = File.OpenRead(Path.Combine(EncoderDirectory.FindDefault(), "vocab.txt"));
        return new UncasedTokenizer(vocabulary);
    }
}
