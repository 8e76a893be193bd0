using TopicGrpc.Cluster.Assignments;
using TopicGrpc.Server.Fitting;
using TopicGrpc.Server.Storage;

namespace TopicGrpc.Cluster.Importing;

/// <summary>
/// Imports assignments of corpora. One that the cluster has is left alone: if it is incomplete, the next <c>AssignCorpus</c> assigns the
/// other documents.
/// </summary>
internal sealed class AssignmentImport(MetadataDatabase database, BlockStore blocks)
{
    /// <summary>Imports an assignment, if the data folder has it and the cluster has not.</summary>
    public async Task RunAsync(SourceFolder source, AssignmentName name, CancellationToken cancellationToken)
    {
        AssignmentFiles files = new(source.Folder);
        if (!files.Exists(name)
            || await database.ReadAsync(connection => AssignmentTable.Find(connection, name), cancellationToken) is not null)
        {
            return;
        }

        SharedAssignment? assignment = await database.WriteAsync(
            connection => AssignmentTable.FindOrAdd(connection, name), cancellationToken);
        List<AssignedDocument> documents = [];
        await Task.Run(
            () => files.Visit(
                name,
                0,
                document =>
                {
                    documents.Add(document);
                    return true;
                },
                cancellationToken),
            cancellationToken);
        foreach (AssignedDocument[] block in documents.Chunk(AssignmentCodec.MaxDocuments))
        {
            assignment = assignment is null ? null : await TryAddAsync(assignment, block, cancellationToken);
        }
    }

    /// <returns>The assignment afterwards; null if a job has changed it.</returns>
    private async Task<SharedAssignment?> TryAddAsync(
        SharedAssignment assignment, AssignedDocument[] documents, CancellationToken cancellationToken)
    {
        long number = assignment.Changes + 1;
        AssignmentBlock block = await blocks.WriteAsync(assignment.Id, number, number, documents, cancellationToken);
        return await database.WriteAsync(
            connection =>
            {
                if (!AssignmentTable.TryAdvance(connection, assignment.Id, assignment.Changes))
                {
                    return null;
                }

                AssignmentTable.Add(connection, assignment.Id, block);
                return assignment with { Changes = number };
            },
            cancellationToken);
    }
}
