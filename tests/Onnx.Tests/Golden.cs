using System.Runtime.InteropServices;
using System.Text.Json;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Onnx.Tests;

/// <summary>Reference results of Hugging Face and sentence-transformers, from the test's folder.</summary>
internal static class Golden
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNameCaseInsensitive = true };

    /// <summary>Texts with their ids, truncated at <see cref="TokenCase.Max"/> tokens.</summary>
    public static TokenCase[] Cases { get; } = Read<TokenCase>("cases.json", "cases");

    /// <summary>One text at several limits.</summary>
    public static TokenCase[] Truncations { get; } = Read<TokenCase>("cases.json", "truncation");

    /// <summary>First and last code point of each run, and the ids of <c>ab</c> + code point + <c>cd</c>.</summary>
    public static (int First, int Last, long[] Ids)[] CodePointRuns { get; } =
        [
            .. Read<JsonElement[]>("codepoints.json", "runs").Select(
                static run => (run[0].GetInt32(), run[1].GetInt32(), run[2].Deserialize<long[]>()!)),
        ];

    /// <summary>Texts of <see cref="Cases"/>.</summary>
    public static string[] Texts { get; } = [.. Cases.Select(static c => c.Text)];

    /// <summary>Reads the reference vectors of <see cref="Texts"/>: little-endian float32, npy format 1.0.</summary>
    public static Matrix Embeddings()
    {
        byte[] bytes = File.ReadAllBytes(PathOf("embeddings.npy"));
        int header = 10 + BitConverter.ToUInt16(bytes, 8);
        float[] values = MemoryMarshal.Cast<byte, float>(bytes.AsSpan(header)).ToArray();
        return new Matrix(values.Length / 384, 384, values);
    }

    private static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "Data", name);

    private static T[] Read<T>(string file, string property)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(PathOf(file)));
        return [.. document.RootElement.GetProperty(property).Clone().EnumerateArray().Select(static e => e.Deserialize<T>(Json)!)];
    }

    /// <summary>A text with its ids and token limit.</summary>
    internal sealed record TokenCase(string Text, long[] Ids, int Max = 256);
}
