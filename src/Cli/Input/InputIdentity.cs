using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace TopicGrpc.Cli.Input;

/// <summary>
/// Names derived from an input. The same command on the same file gives the same upload id, so that it goes on where it broke off;
/// a file that has changed since, or is read in another way, is another upload into another corpus.
/// </summary>
/// <param name="Name">Name of the file as an id, for example <c>stripped</c>; the default name of the model.</param>
/// <param name="Corpus">Default name of the corpus: name and fingerprint.</param>
/// <param name="Fingerprint">16 hexadecimal digits.</param>
internal sealed partial record InputIdentity(string Name, string Corpus, string Fingerprint)
{
    private const int LongestName = 40;
    private const int FingerprintBytes = 8;
    private const string Fallback = "documents";

    public static InputIdentity Of(InputSource source)
    {
        string name = Slug(Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(source.Path))));
        string fingerprint = Fingerprints(source);
        return new InputIdentity(name, $"{name}-{fingerprint[..8]}", fingerprint);
    }

    /// <summary>An id by the contract's rule, <c>[a-z]([a-z0-9-]{0,61}[a-z0-9])?</c>, that reminds of a name.</summary>
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
        string facts = string.Join('\n', info.FullName, length, info.LastWriteTimeUtc.ToString("O", CultureInfo.InvariantCulture), source.Format, source.Fields, source.Strip);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(facts)).AsSpan(0, FingerprintBytes));
    }

    [GeneratedRegex("[^a-z0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex Forbidden();
}
