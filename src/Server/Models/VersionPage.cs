using System.Globalization;
using TopicGrpc.Server.Contract;

namespace TopicGrpc.Server.Models;

/// <summary>
/// Page tokens of lists of one version. A token names the version, so that a label that moves between two pages does not mix versions.
/// </summary>
internal static class VersionPage
{
    public static string Write(VersionHandle version, int next) =>
        Paging.Token(string.Create(CultureInfo.InvariantCulture, $"{version.Number}/{next}"));

    /// <summary>Returns the version to read and the index of the first item: the requested selector and 0 for the first page.</summary>
    public static (VersionSelector Selector, int Next) Read(string token, VersionSelector requested)
    {
        string key = Paging.Key(token);
        if (key.Length == 0)
        {
            return (requested, 0);
        }

        string[] parts = key.Split('/');
        return parts.Length == 2
            && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int next)
            ? (requested with { Number = number, Label = null }, next)
            : throw Paging.Malformed();
    }
}
