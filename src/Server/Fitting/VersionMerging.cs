using TopicGrpc.Engine.Topics.Operations;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Models;
using MergeMessage = TopicGrpc.V1.VersionOperation.Types.MergeModels;

namespace TopicGrpc.Server.Fitting;

/// <summary>Acquires the versions of a merge and checks that they can be merged.</summary>
internal sealed class VersionMerging(ModelRegistry models, TrainingDocuments training)
{
    /// <summary>Acquires every further version.</summary>
    /// <param name="first">The version that the merge starts from; the caller has its lease.</param>
    /// <param name="message">The merge.</param>
    /// <param name="cancellationToken">Cancels the loading of versions.</param>
    /// <returns>The versions; disposal releases them.</returns>
    /// <exception cref="ServiceException">A version is missing, cannot serve, or holds a document of another one.</exception>
    public async Task<MergeInput> OpenAsync(VersionHandle first, MergeMessage message, CancellationToken cancellationToken)
    {
        (IReadOnlyList<VersionSelector> choices, double minSimilarity) = MergeMapping.FromProto(message, first);
        List<VersionLease> further = [];
        try
        {
            foreach (VersionSelector choice in choices)
            {
                further.Add(await models.AcquireAsync(choice, cancellationToken));
            }

            VersionHandle[] all = [first, .. further.Select(static lease => lease.Handle)];
            string[] prefixes = new string[all.Length];
            for (int index = 0; index < all.Length; index++)
            {
                prefixes[index] = QualifiedIds.Prefix(await training.CorpusOfAsync(all[index], cancellationToken));
            }

            CheckDocuments(all, prefixes, cancellationToken);
            return new MergeInput(first, further, new MergeModels(minSimilarity, prefixes));
        }
        catch
        {
            further.ForEach(static lease => lease.Dispose());
            throw;
        }
    }

    private static void CheckDocuments(VersionHandle[] versions, string[] prefixes, CancellationToken cancellationToken)
    {
        Dictionary<string, VersionHandle> owners = new(StringComparer.Ordinal);
        for (int i = 0; i < versions.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (string id in versions[i].Content.DocumentIds)
            {
                string qualified = prefixes[i] + id;
                if (!owners.TryAdd(qualified, versions[i]))
                {
                    throw Fault.InvalidField(
                        MergeMapping.VersionsField,
                        $"{Name(owners[qualified])} and {Name(versions[i])} both have the document '{qualified}': "
                        + "it would have two topics");
                }
            }
        }
    }

    private static string Name(VersionHandle version) => $"'{version.Name}'";
}
