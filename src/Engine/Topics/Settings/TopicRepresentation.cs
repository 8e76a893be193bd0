namespace TopicGrpc.Engine.Topics.Settings;

/// <summary>Settings of one way to choose the words of a topic; BERTopic's representation models.</summary>
public abstract record TopicRepresentation
{
    /// <summary>Whether the training documents are needed.</summary>
    public abstract bool NeedsDocuments { get; }

    /// <summary>Checks the settings.</summary>
    /// <exception cref="ArgumentException">A setting is outside its range.</exception>
    internal abstract void Validate();
}
