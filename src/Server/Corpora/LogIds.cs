using System.Globalization;

namespace TopicGrpc.Server.Corpora;

/// <summary>
/// Ids of shared logs and of the document files that are their copies: 32 hexadecimal digits. The first half names the log and never
/// changes. The second half is a number that rises when erased documents are removed from the log, so a copy of an earlier state is known
/// by its id.
/// </summary>
internal static class LogIds
{
    private const int Length = 32;
    private const int NameLength = Length / 2;

    /// <summary>Returns the id of a log after erased documents were removed from it.</summary>
    public static string Next(string id) => string.Create(
        CultureInfo.InvariantCulture, $"{id[..NameLength]}{unchecked(Number(id) + 1):x16}");

    /// <summary>Returns whether two ids are those of one log, perhaps at different times.</summary>
    public static bool AreOfOneLog(string left, string right) =>
        left.Length == Length && right.Length == Length && left.AsSpan(0, NameLength).SequenceEqual(right.AsSpan(0, NameLength));

    /// <summary>Returns whether an id is that of a log before erased documents were removed from it.</summary>
    /// <param name="id">The id.</param>
    /// <param name="other">Id of the same log or of another one.</param>
    public static bool IsEarlier(string id, string other) =>
        AreOfOneLog(id, other) && unchecked((long)(Number(other) - Number(id))) > 0;

    private static ulong Number(string id) =>
        ulong.Parse(id.AsSpan(NameLength), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
