using TopicGrpc.Server.Contract;
using TopicGrpc.Shared.Content;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Fitting;

/// <summary>Reads a whole fit in pages.</summary>
internal static class FitPages
{
    // A fit may succeed between two pages. The mark keeps a report that the first page lacks out of the following ones.
    private const char WithReport = 'r';
    private const char WithoutReport = 's';

    /// <summary>Reads one page.</summary>
    /// <exception cref="Errors.ServiceException">There is no such fit, or the token comes from no page of it.</exception>
    public static async Task<GetFitResponse> ReadAsync(FitStore fits, string id, string pageToken, CancellationToken cancellationToken)
    {
        string key = Paging.Key(pageToken);
        Fit fit = await fits.RunAsync(store => FitStateMapping.ToProto(store.Get(id), store.ReadContent(id)), cancellationToken);
        if (key.StartsWith(WithoutReport))
        {
            fit.Report = null;
        }

        char mark = fit.Report is null ? WithoutReport : WithReport;
        MessagePage<Fit> page = LargeMessage.Cut(fit, key.Length == 0 ? key : key[1..]);
        return new GetFitResponse
        {
            Fit = page.Message,
            OmittedLists = { page.OmittedLists },
            NextPageToken = page.NextToken.Length == 0 ? string.Empty : Paging.Token(mark + page.NextToken),
        };
    }
}
