using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using TopicGrpc.Testing;

namespace TopicGrpc.Server.Tests.RealEncoder;

/// <summary>
/// The model that BERTopic saved, with what it answered; the folder beside the checkout. Skips the test where it is not there.
/// </summary>
internal sealed partial class GoldenModel
{
    private GoldenModel(string root) => Root = root;

    /// <summary>Folder that BERTopic saved.</summary>
    public string Saved => Path.Combine(Root, "topics", "reduced", "safetensors");

    private string Root { get; }

    public static GoldenModel Find()
    {
        GoldenModel model = new(Checkout.Shared("golden", "state-of-the-union"));
        Assert.SkipUnless(Directory.Exists(model.Saved), "The model that BERTopic saved lies in ../shared/golden.");
        return model;
    }

    public string Text(string file) => File.ReadAllText(Path.Combine(Root, "topics", "reduced", file));

    /// <summary>Rows of a recorded array of 32-bit values, which must be in NumPy's format 1.0 and in C order.</summary>
    public T[][] Rows<T>(string file)
        where T : struct
    {
        byte[] bytes = File.ReadAllBytes(Path.Combine(Root, file));
        int start = 10 + BitConverter.ToUInt16(bytes, 8);
        int[] shape =
        [
            .. Number()
                .Matches(Shape().Match(System.Text.Encoding.ASCII.GetString(bytes, 10, start - 10)).Value)
                .Select(static match => int.Parse(match.Value, System.Globalization.CultureInfo.InvariantCulture)),
        ];
        return [.. MemoryMarshal.Cast<byte, T>(bytes.AsSpan(start)).ToArray().Chunk(shape.Length == 1 ? 1 : shape[1])];
    }

    [GeneratedRegex(@"\([0-9, ]*\)")]
    private static partial Regex Shape();

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Number();
}
