using System.Text;

namespace TopicGrpc.Cli.Input;

/// <summary>UTF-8 that rejects invalid bytes: replacement characters would become part of the words of topics.</summary>
internal static class StrictUtf8
{
    public static readonly Encoding Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static string Decode(string path, TextLine line)
    {
        try
        {
            return Encoding.GetString(line.Bytes);
        }
        catch (DecoderFallbackException)
        {
            throw new InputException(path, line.Number, "not valid UTF-8");
        }
    }
}
