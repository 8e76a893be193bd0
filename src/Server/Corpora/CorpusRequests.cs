using Google.Protobuf.WellKnownTypes;
using TopicGrpc.Server.Access;
using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Storage;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Corpora;

/// <summary>Validates and runs requests that create, read or list corpora.</summary>
internal sealed class CorpusRequests(CorpusStore corpora, DiskSpace space)
{
    private const long LeastRetentionSeconds = 3600;
    private const long MostRetentionSeconds = 36_500L * 24 * 3600;
    private const int MostNanos = 999_999_999;

    public async Task<CreateCorpusResponse> CreateAsync(CreateCorpusRequest request, CancellationToken cancellationToken)
    {
        string id = RequestNames.CheckId(request.CorpusId, "corpus_id");
        CorpusRow corpus = new(id, request.Corpus?.DisplayName ?? string.Empty, default, request.RequestId)
        {
            Retention = Retention(request.Corpus?.Retention, "corpus.retention"),
            Given = request.Corpus?.GivenEmbeddings is { } given ? new DeclaredEmbeddings(given.Dimension, given.Encoder) : null,
        };
        space.Require(0);
        CorpusRow row = await corpora.CreateAsync(corpus, cancellationToken);
        return new CreateCorpusResponse { Corpus = CorpusMapping.ToProto(row, await corpora.Of(row).OpenAsync(cancellationToken)) };
    }

    public async Task<UpdateCorpusResponse> UpdateAsync(UpdateCorpusRequest request, CancellationToken cancellationToken)
    {
        string id = RequestNames.ParseCorpus(request.Name, "name");
        TimeSpan retention = Retention(request.Retention, "retention");
        CorpusRow row = await corpora.UpdateAsync(
            id,
            row => row with
            {
                DisplayName = request.HasDisplayName ? request.DisplayName : row.DisplayName,
                Retention = request.Retention is null ? row.Retention : retention,
            },
            cancellationToken);
        return new UpdateCorpusResponse { Corpus = CorpusMapping.ToProto(row, await corpora.Of(row).OpenAsync(cancellationToken)) };
    }

    public async Task<GetCorpusResponse> GetAsync(GetCorpusRequest request, CancellationToken cancellationToken)
    {
        (CorpusRow row, Corpus corpus) = corpora.Get(RequestNames.ParseCorpus(request.Name, "name"));
        V1.Corpus message = CorpusMapping.ToProto(row, await corpus.OpenAsync(cancellationToken));
        message.QuarantinedTexts.AddRange(CorpusMapping.ToProto(await corpus.ReadCrashesAsync(cancellationToken)));
        return new GetCorpusResponse { Corpus = message };
    }

    /// <summary>Lists the corpora that the caller sees.</summary>
    public async Task<ListCorporaResponse> ListAsync(ListCorporaRequest request, Grant grant, CancellationToken cancellationToken)
    {
        int size = Paging.Size(request.PageSize);
        List<CorpusRow> rows = VisibleRows.Read(
            Paging.Key(request.PageToken),
            size + 1,
            corpora.List,
            static row => row.Id,
            row => grant.Corpora.Matches(row.Id));
        ListCorporaResponse response = new() { NextPageToken = rows.Count > size ? Paging.Token(rows[size - 1].Id) : string.Empty };
        foreach (CorpusRow row in rows.Take(size))
        {
            response.Corpora.Add(CorpusMapping.ToProto(row, await corpora.Of(row).DescribeAsync(cancellationToken)));
        }

        return response;
    }

    /// <summary>Checks a retention.</summary>
    /// <returns>The retention; zero for none.</returns>
    private static TimeSpan Retention(Duration? retention, string field)
    {
        if (retention is null or { Seconds: 0, Nanos: 0 })
        {
            return TimeSpan.Zero;
        }

        return retention is { Seconds: >= LeastRetentionSeconds and <= MostRetentionSeconds, Nanos: >= 0 and <= MostNanos }
            ? retention.ToTimeSpan()
            : throw Fault.InvalidField(field, "must be 0 (documents are kept), or 1 hour to 36,500 days");
    }
}
