using Spectre.Console;

namespace TopicGrpc.Cli.Terminals;

/// <summary>Progress as animated bars on an interactive terminal.</summary>
internal sealed class LiveBoard(ProgressContext progress) : IProgressBoard
{
    public static Task<T> RunAsync<T>(IAnsiConsole console, Func<IProgressBoard, Task<T>> work) => console.Progress()
        .Columns(
            new TaskDescriptionColumn { Alignment = Justify.Left },
            new ProgressBarColumn(),
            new PercentageColumn(),
            new ElapsedTimeColumn())
        .StartAsync(context => work(new LiveBoard(context)));

    public IProgressStep Start(string title) => new Step(title, progress.AddTask(Markup.Escape(title), maxValue: 1.0));

    private sealed class Step(string title, ProgressTask task) : IProgressStep
    {
        public void Report(double fraction, string note)
        {
            task.Value = fraction;
            Describe(note);
        }

        public void Complete(string note)
        {
            task.Value = task.MaxValue;
            Describe(note);
            task.StopTask();
        }

        private void Describe(string note) => task.Description = Markup.Escape(note.Length == 0 ? title : $"{title} {note}");
    }
}
