using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace TopicGrpc.Cli.Input;

/// <summary>
/// Names derived from an input. The same command on the same file has the same session id, so that a repeated ingest resumes;
/// a file that has changed, or is read with other options, has another session id and another corpus.
/// </summary>
/// <param name="Name">File name as an id, for example <c>stripped</c>; the default model.</param>
/// <param name="Corpus">Default corpus: name and fingerprint.</param>
/// <param name="Fingerprint">16 hexadecimal digits.</param>
internal sealed partial record InputIdentity(string Name, string Corpus, string Fingerprint)
{
    private const int LongestName = 40;
    private const int FingerprintBytes = 8;
    private const string Fallback = "documents";

    public static InputIdentity Of(InputSource source)
    {
        string name = NameOf(source.Path);
        string fingerprint = Fingerprints(source);
        return new InputIdentity(name, $"{name}-{fingerprint[..8]}", fingerprint);
    }

    /// <summary>Derives an id from the last part of a path.</summary>
    public static string NameOf(string path) => Slug(Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path))));

    /// <summary>Derives an id that satisfies the contract's rule <c>[a-z]([a-z0-9-]{0,61}[a-z0-9])?</c> from a file name.</summary>
    public static string Slug(string fileName)
    {
        string stem = fileName.Split('.', StringSplitOptions.RemoveEmptyEntries) is [string first, ..] ? first : fileName;
        string slug = Forbidden().Replace(stem.ToLowerInvariant(), "-").Trim('-');
        slug = slug.Length > LongestName ? slug[..LongestName].TrimEnd('-') : slug;
        return slug.Length > 0 && char.IsAsciiLetterLower(slug[0]) ? slug : $"{Fallback}-{slug}".TrimEnd('-');
    }

    private static string Fingerprints(InputSource source)
    {
        FileSystemInfo info = source.Format == InputFormat.Folder ? new DirectoryInfo(source.Path) : new FileInfo(source.Path);
        string length = info is FileInfo file ? file.Length.ToString(CultureInfo.InvariantCulture) : "";
        string written = info.LastWriteTimeUtc.ToString("O", CultureInfo.InvariantCulture);
        string facts = string.Join('\n', info.FullName, length, written, source.Format, source.Fields, source.Strip);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(facts)).AsSpan(0, FingerprintBytes));
    }

    [GeneratedRegex("[^a-z0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex Forbidden();
}
