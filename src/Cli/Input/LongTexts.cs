namespace TopicGrpc.Cli.Input;

/// <summary>What to do with a text that exceeds the limit of the server.</summary>
internal enum LongTexts
{
    /// <summary>Reject the input.</summary>
    Reject,

    /// <summary>Shorten the text to the limit, at a character boundary.</summary>
    Cut,

    /// <summary>Leave the document out.</summary>
    Skip,
}
