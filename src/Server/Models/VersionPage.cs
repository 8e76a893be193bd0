using System.Globalization;
using TopicGrpc.Server.Contract;

namespace TopicGrpc.Server.Models;

/// <summary>Page tokens of lists that belong to one version: they hold it, so that a label which moves between two pages does not tear the list.</summary>
internal static class VersionPage
{
    public static string Write(VersionHandle version, int next) => Paging.Token(string.Create(CultureInfo.InvariantCulture, $"{version.Number}/{next}"));

    /// <summary>The version to read and the first item; the choice as asked and 0 for the first page.</summary>
    public static (VersionChoice Choice, int Next) Read(string token, VersionChoice asked)
    {
        string key = Paging.Key(token);
        if (key.Length == 0)
        {
            return (asked, 0);
        }

        string[] parts = key.Split('/');
        return parts.Length == 2
            && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int next)
            ? (asked with { Number = number, Label = null }, next)
            : throw Paging.Malformed();
    }
}
