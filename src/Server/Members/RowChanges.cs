namespace TopicGrpc.Server.Members;

/// <summary>Changes of rows of one kind.</summary>
/// <param name="Number">Number of the last change; a read that starts now sees it and all before it.</param>
/// <param name="Ids">Ids of the rows that may have changed; null: any row.</param>
internal sealed record RowChanges(long Number, IReadOnlySet<string>? Ids)
{
    /// <summary>Returns whether a row may have changed.</summary>
    public bool Has(string id) => Ids is null || Ids.Contains(id);
}
