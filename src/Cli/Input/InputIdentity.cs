using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace TopicGrpc.Cli.Input;

/// <summary>
/// Names derived from an input. The same documents read with the same options have the same session id, so that a repeated ingest
/// resumes; changed documents or other options have another session id and another corpus.
/// </summary>
/// <param name="Name">File name as an id, for example <c>stripped</c>; the default model.</param>
/// <param name="Corpus">Default corpus: name and fingerprint.</param>
/// <param name="Fingerprint">16 hexadecimal digits.</param>
internal sealed partial record InputIdentity(string Name, string Corpus, string Fingerprint)
{
    private const int LongestName = 40;
    private const int FingerprintBytes = 8;
    private const string Fallback = "documents";

    /// <param name="source">The input and the options that say how to read it.</param>
    /// <param name="digest">Digest of its documents.</param>
    public static InputIdentity Of(InputSource source, string digest)
    {
        string name = NameOf(source.Path);
        string facts = string.Join('\n', digest, source.Format, Named(source.Fields), source.Strip);
        string fingerprint = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(facts)).AsSpan(0, FingerprintBytes));
        return new InputIdentity(name, $"{name}-{fingerprint[..8]}", fingerprint);
    }

    // The embeddings are in the digest. Without their field, inputs have the fingerprints of earlier builds.
    private static string Named(InputFields fields) =>
        $"{nameof(InputFields)} {{ Text = {fields.Text}, Id = {fields.Id}, Time = {fields.Time} }}";

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

    [GeneratedRegex("[^a-z0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex Forbidden();
}
