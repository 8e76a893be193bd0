using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Corpora;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Fitting;
using TopicGrpc.Server.Models;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Topics;

/// <summary>
/// Reads the topics of documents that <c>AssignCorpus</c> assigned. Documents of an erasure that still runs are left out.
/// </summary>
internal sealed class AssignedListing(CorpusStore corpora, IAssignmentStore assignments)
{
    /// <summary>Reads a page.</summary>
    /// <param name="request">Corpus, and optionally a topic.</param>
    /// <param name="version">The version that assigned the documents.</param>
    /// <param name="first">Number of documents to skip.</param>
    /// <param name="size">Number of documents to return.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The page. It has fewer documents than asked for if some of them are being erased.</returns>
    /// <exception cref="ServiceException">
    /// The corpus does not exist, the version has not assigned it, or the request asks for a part that an assignment does not store.
    /// </exception>
    public async Task<ListTopicDocumentsResponse> ListAsync(
        ListTopicDocumentsRequest request, VersionHandle version, int first, int size, CancellationToken cancellationToken)
    {
        RejectParts(request);
        int? topicId = request.HasTopicId ? request.TopicId : null;
        AssignmentName name = await RequireAsync(request.Corpus, version, cancellationToken);
        List<AssignedDocument> found = [];
        int read = first;
        bool isEnd = true;
        await assignments.VisitAsync(
            name,
            first,
            document =>
            {
                if (found.Count == size)
                {
                    return isEnd = false;
                }

                read++;
                if (topicId is null || document.TopicId == topicId)
                {
                    found.Add(document);
                }

                return true;
            },
            cancellationToken);
        bool[] exist = await corpora.Get(name.CorpusId).Corpus.ContainAsync(
            [.. found.Select(static document => document.Id)], cancellationToken);
        return new ListTopicDocumentsResponse
        {
            ModelVersion = version.Name,
            Members =
            {
                found.Where((_, index) => exist[index]).Select(static document => new ListTopicDocumentsResponse.Types.Member
                {
                    DocumentId = document.Id,
                    TopicId = document.TopicId,
                    Probability = document.Probability,
                }),
            },
            NextPageToken = isEnd ? string.Empty : VersionPage.Write(version, read),
        };
    }

    /// <summary>Reads the topics of all documents by id.</summary>
    /// <exception cref="ServiceException">The corpus does not exist, or the version has not assigned it.</exception>
    public async Task<Dictionary<string, int>> ReadAllAsync(
        string corpusName, VersionHandle version, CancellationToken cancellationToken)
    {
        AssignmentName name = await RequireAsync(corpusName, version, cancellationToken);
        Dictionary<string, int> topics = new(StringComparer.Ordinal);
        await assignments.VisitAsync(
            name,
            0,
            document =>
            {
                topics[document.Id] = document.TopicId;
                return true;
            },
            cancellationToken);
        return topics;
    }

    private static void RejectParts(ListTopicDocumentsRequest request)
    {
        string? part = request.IncludeContent ? "include_content"
            : request.IncludePosition ? "include_position"
            : request.IncludeEmbedding ? "include_embedding"
            : null;
        if (part is not null)
        {
            throw Fault.InvalidField(part, "must not be set with corpus: an assignment stores topics and probabilities");
        }
    }

    private async Task<AssignmentName> RequireAsync(string corpusName, VersionHandle version, CancellationToken cancellationToken)
    {
        AssignmentName name = new(RequestNames.ParseCorpus(corpusName, "corpus"), version.ModelId, version.Number);
        corpora.Get(name.CorpusId);
        return await assignments.ExistsAsync(name, cancellationToken)
            ? name
            : throw Fault.NotAvailable($"'{version.Name}' has not assigned the documents of '{corpusName}'. Call AssignCorpus first.");
    }
}
