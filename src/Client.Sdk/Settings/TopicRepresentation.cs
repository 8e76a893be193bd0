namespace TopicGrpc.Client.Settings;

/// <summary>
/// A way to choose the words that describe a topic; BERTopic's representation models. Each costs one run of the encoder per word that it
/// looks at.
/// </summary>
public abstract record TopicRepresentation
{
    private protected TopicRepresentation()
    {
    }
}
