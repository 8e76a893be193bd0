namespace TopicGrpc.Cli.Input;

/// <summary>Removable parts of a newsgroup post; scikit-learn's <c>remove</c>.</summary>
[Flags]
internal enum NewsgroupParts
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Everything up to the first blank line.</summary>
    Headers = 1,

    /// <summary>The signature: everything after the last line of dashes or blanks.</summary>
    Footers = 2,

    /// <summary>Lines that quote another post or announce a quotation.</summary>
    Quotes = 4,
}
