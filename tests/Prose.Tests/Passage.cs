namespace TopicGrpc.Prose.Tests;

/// <summary>A stretch of prose and the line of the file on which it begins, counted from 1.</summary>
internal readonly record struct Passage(int Line, string Text);
