namespace TopicGrpc.Client.Settings;

/// <summary>
/// A method that chooses the words of a topic, as a representation model of BERTopic. Each method embeds every candidate word once.
/// </summary>
public abstract record TopicRepresentation
{
    private protected TopicRepresentation()
    {
    }
}
