using TopicGrpc.Server.Fitting;
using TopicGrpc.Shared;

namespace TopicGrpc.Cluster.Importing;

/// <summary>
/// Imports the data of a single server into an empty cluster, step by step; each step is durable, and a repeated import continues behind
/// the last one.
/// </summary>
internal sealed class SingleServerImport(
    MetadataImport metadata, DocumentImport documents, VersionImport versions, AssignmentImport assignments)
{
    /// <summary>Imports a data folder.</summary>
    /// <param name="source">The folder.</param>
    /// <param name="progress">Receives the resource name of each finished corpus and version.</param>
    /// <param name="cancellationToken">Stops between two steps.</param>
    public async Task<ImportedData> RunAsync(SourceFolder source, Action<string> progress, CancellationToken cancellationToken)
    {
        await metadata.BeginAsync(source, cancellationToken);
        long imported = 0;
        foreach (string corpus in source.Names.Corpora)
        {
            imported += await documents.RunAsync(source, corpus, cancellationToken);
            progress(ResourceNames.Corpus(corpus));
        }

        foreach ((string model, long number) in source.Names.Versions)
        {
            await versions.RunAsync(source, model, number, cancellationToken);
            foreach (string corpus in source.Names.Corpora)
            {
                await assignments.RunAsync(source, new AssignmentName(corpus, model, number), cancellationToken);
            }

            progress(ResourceNames.Version(model, number));
        }

        await metadata.EndAsync(source, cancellationToken);
        return new ImportedData(source.Names.Corpora.Count, imported, source.Names.Versions.Count);
    }
}
