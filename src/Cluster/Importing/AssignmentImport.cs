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

        // The file is read on one thread that waits for each block, so that one block is in memory.
        List<AssignedDocument> block = [];
        void Append()
        {
            assignment = assignment is null || block.Count == 0
                ? assignment
                : TryAddAsync(assignment, [.. block], cancellationToken).GetAwaiter().GetResult();
            block.Clear();
        }

        await Task.Run(
            () =>
            {
                files.Visit(
                    name,
                    0,
                    document =>
                    {
                        block.Add(document);
                        if (block.Count == AssignmentCodec.MaxDocuments)
                        {
                            Append();
                        }

                        return assignment is not null;
                    },
                    cancellationToken);
                Append();
            },
            cancellationToken);
    }

    /// <returns>The assignment afterwards; null if a job has changed it.</returns>
    private async Task<SharedAssignment?> TryAddAsync(
        SharedAssignment assignment, AssignedDocument[] documents, CancellationToken cancellationToken)
    {
        long number = assignment.Changes + 1;
        AssignmentBlock block = await blocks.WriteAsync(assignment.Id, number, number, documents, cancellationToken);
        return await database.WriteAsync(connection => AssignmentTable.TryAdd(connection, assignment, block), cancellationToken)
            ? assignment with { Changes = number }
            : null;
    }
}
