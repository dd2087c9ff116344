package dev.nightshift.kubernetes;

class PlayedLauncherTest extends LauncherContract {

    @Override
    JobCluster cluster() {
        return new PlayedJobCluster();
    }
}
