using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Queries;
using TopicGrpc.Server.Errors;

namespace TopicGrpc.Server.Models;

/// <summary>Queries on the words of a version, prepared at the first use.</summary>
internal sealed class WordQueries(TopicModel content)
{
    private readonly Lazy<TopicQueries> _queries = new(() => new TopicQueries(content), LazyThreadSafetyMode.PublicationOnly);

    /// <summary>Runs a query.</summary>
    /// <exception cref="ServiceException">The version lacks the data that the query needs.</exception>
    public T Ask<T>(Func<TopicQueries, T> query)
    {
        try
        {
            return query(_queries.Value);
        }
        catch (InvalidOperationException missing)
        {
            throw Fault.NotAvailable(missing.Message);
        }
    }
}
