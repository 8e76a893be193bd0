using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;

namespace TopicGrpc.Explorer.Assets;

/// <summary>The embedded files of the page by path. Each file is read and compressed once, at its first request.</summary>
internal static class AssetFiles
{
    private static readonly FrozenSet<string> Paths = Assembly.GetExecutingAssembly().GetManifestResourceNames()
        .Where(static name => name.StartsWith('/'))
        .ToFrozenSet(StringComparer.Ordinal);

    private const string MapFolder = "/assets/js/map/";

    private static readonly ConcurrentDictionary<string, Asset> Read = new(StringComparer.Ordinal);

    /// <summary>Addresses of the modules of the map, relative to the page.</summary>
    public static IReadOnlyList<string> MapModules { get; } =
    [
        .. Paths.Where(static path => path.StartsWith(MapFolder, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(static path => path.TrimStart('/')),
    ];

    /// <summary>Returns a file; null if there is none.</summary>
    /// <param name="path">Path below the page, such as <c>/assets/css/app.css</c>.</param>
    public static Asset? Find(string path) => Paths.Contains(path) ? Read.GetOrAdd(path, Load) : null;

    private static Asset Load(string path)
    {
        using Stream source = Assembly.GetExecutingAssembly().GetManifestResourceStream(path)!;
        using MemoryStream content = new();
        source.CopyTo(content);
        byte[] bytes = content.ToArray();
        string hash = Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 16));
        return new Asset(TypeOf(path), $"\"{hash}\"", bytes, Compress(bytes));
    }

    private static byte[] Compress(byte[] content)
    {
        using MemoryStream target = new();
        using (BrotliStream brotli = new(target, CompressionLevel.Optimal))
        {
            brotli.Write(content);
        }

        return target.ToArray();
    }

    private static string TypeOf(string path) => Path.GetExtension(path) switch
    {
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".html" => "text/html; charset=utf-8",
        _ => "application/octet-stream",
    };
}
