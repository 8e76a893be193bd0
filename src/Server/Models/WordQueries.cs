using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Queries;
using TopicGrpc.Server.Errors;

namespace TopicGrpc.Server.Models;

/// <summary>Questions about the words of a version, prepared when the first is asked.</summary>
internal sealed class WordQueries(TopicModel model)
{
    private readonly Lazy<TopicQueries> _queries = new(() => new TopicQueries(model), LazyThreadSafetyMode.PublicationOnly);

    /// <summary>Asks.</summary>
    /// <exception cref="ServiceException">The version does not hold what the question is about.</exception>
    public T Ask<T>(Func<TopicQueries, T> question)
    {
        try
        {
            return question(_queries.Value);
        }
        catch (InvalidOperationException missing)
        {
            throw Fault.NotAvailable(missing.Message);
        }
    }
}
