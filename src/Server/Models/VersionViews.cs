using TopicGrpc.Engine.Topics;

namespace TopicGrpc.Server.Models;

/// <summary>A topic model and what is computed from it at the first use.</summary>
internal sealed class VersionViews
{
    public VersionViews(TopicModel content)
    {
        Content = content;
        Map = new DocumentMapPoints(content);
        Queries = new WordQueries(content);
    }

    /// <summary>Creates the views of a content that hides documents.</summary>
    public VersionViews(TopicModel content, VersionViews former)
    {
        Content = content;
        Map = new DocumentMapPoints(content, former.Map);
        Queries = new WordQueries(content);
    }

    public TopicModel Content { get; }

    public DocumentMapPoints Map { get; }

    public WordQueries Queries { get; }
}
