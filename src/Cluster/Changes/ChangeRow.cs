using TopicGrpc.Cluster.Postgres;

namespace TopicGrpc.Cluster.Changes;

/// <summary>The changes of one transaction.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Subjects">Kinds and ids of the changed rows, separated by spaces.</param>
internal readonly record struct ChangeRow(long Number, string Subjects)
{
    /// <summary>Adds the ids of one kind to a set.</summary>
    /// <returns>False if the transaction may have changed any row.</returns>
    public bool TryAddIds(string kind, HashSet<string> ids)
    {
        foreach (string subject in Subjects.Split(' '))
        {
            if (subject == ChangeSchema.Everything)
            {
                return false;
            }

            if (subject.Length > kind.Length && subject[kind.Length] == '/' && subject.StartsWith(kind, StringComparison.Ordinal))
            {
                ids.Add(subject[(kind.Length + 1)..]);
            }
        }

        return true;
    }
}
