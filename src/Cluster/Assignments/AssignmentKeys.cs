using System.Globalization;

namespace TopicGrpc.Cluster.Assignments;

/// <summary>
/// Keys of the objects that hold blocks of assignments: assignment, number of the change for which the object was written, and a random
/// part. The object takes effect with that change or never. So an object that no row names is unused as soon as its assignment has a
/// change of that number, or is gone.
/// </summary>
internal static class AssignmentKeys
{
    /// <summary>First characters of all keys.</summary>
    public const string Prefix = "assignments/";

    private const int IdLength = 32;
    private const int NumberLength = 16;

    /// <summary>Returns the key of a new object.</summary>
    /// <param name="assignmentId">Id of the assignment, 32 hexadecimal digits.</param>
    /// <param name="change">Number of the change for which the object is written.</param>
    public static string New(string assignmentId, long change) =>
        FormattableString.Invariant($"{PrefixOf(assignmentId)}{change:x16}-{Guid.NewGuid():N}");

    /// <summary>Returns the first characters of the keys of an assignment.</summary>
    public static string PrefixOf(string assignmentId) => $"{Prefix}{assignmentId}/";

    /// <summary>Reads assignment and number of a key.</summary>
    /// <returns>False for a key of another form.</returns>
    public static bool TryParse(string key, out string assignmentId, out long change)
    {
        int start = Prefix.Length + IdLength + 1;
        (assignmentId, change) = (string.Empty, 0);
        if (key.Length <= start + NumberLength
            || !key.StartsWith(Prefix, StringComparison.Ordinal)
            || !long.TryParse(key.AsSpan(start, NumberLength), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out change))
        {
            return false;
        }

        assignmentId = key.Substring(Prefix.Length, IdLength);
        return true;
    }
}
