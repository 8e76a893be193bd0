namespace TopicGrpc.Server.Fitting;

/// <summary>Appends to the file of an assignment. A single server runs one job at a time, so no other run appends.</summary>
internal sealed class LocalAssignmentWriter(AssignmentFiles files, AssignmentName name) : IAssignmentWriter
{
    private (long Offset, long Replacements) _end;
    private bool _isRead;

    /// <inheritdoc/>
    public Task CatchUpAsync(Action<AssignedDocument> visit, CancellationToken cancellationToken)
    {
        if (!_isRead && files.Exists(name))
        {
            files.Visit(
                name,
                0,
                document =>
                {
                    visit(document);
                    return true;
                },
                cancellationToken);
        }

        _isRead = true;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<bool> TryAppendAsync(ReadOnlyMemory<AssignedDocument> documents, CancellationToken cancellationToken)
    {
        _end = files.Append(name, documents.Span, _end);
        return Task.FromResult(true);
    }
}
