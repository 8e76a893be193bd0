using System.Text.RegularExpressions;

namespace TopicGrpc.Server.Access;

/// <summary>
/// Patterns of ids of models or corpora. An asterisk matches any characters; every other character matches itself. An id is in the patterns
/// if one of them matches all of it.
/// </summary>
internal sealed class NamePatterns
{
    /// <summary>Pattern that matches every id.</summary>
    public const string Any = "*";

    /// <summary>Regular expression of one pattern.</summary>
    public const string Form = "[a-z0-9*-]{1,64}";

    private readonly Regex[] _patterns;

    /// <summary>Creates patterns.</summary>
    /// <param name="patterns">Patterns of <see cref="Form"/>; none matches nothing.</param>
    public NamePatterns(IEnumerable<string> patterns)
    {
        Patterns = [.. patterns];
        MatchesAll = Patterns.Contains(Any, StringComparer.Ordinal);
        _patterns = MatchesAll ? [] : [.. Patterns.Select(ToRegex)];
    }

    /// <summary>The patterns that match every id.</summary>
    public static NamePatterns All { get; } = new([Any]);

    /// <summary>The patterns as given.</summary>
    public IReadOnlyList<string> Patterns { get; }

    /// <summary>Whether every id matches.</summary>
    public bool MatchesAll { get; }

    /// <summary>Returns whether a text is a pattern.</summary>
    public static bool IsPattern(string text) => Regex.IsMatch(text, $@"\A{Form}\z", RegexOptions.CultureInvariant);

    /// <summary>Returns whether an id matches.</summary>
    public bool Matches(string id)
    {
        if (MatchesAll)
        {
            return true;
        }

        foreach (Regex pattern in _patterns)
        {
            if (pattern.IsMatch(id))
            {
                return true;
            }
        }

        return false;
    }

    // Without backtracking, a pattern of many asterisks takes linear time.
    private static Regex ToRegex(string pattern) => new(
        $@"\A{Regex.Escape(pattern).Replace(@"\*", ".*", StringComparison.Ordinal)}\z",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
}
